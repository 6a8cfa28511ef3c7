package io.streamforge.cli.snapshot;

/** Text from a message, for XML: what no XML may hold is replaced. */
final class XmlText {
  private XmlText() {}

  static String of(String text) {
    StringBuilder valid = new StringBuilder(text.length());
    text.codePoints().map(c -> isCharacter(c) ? c : '\ufffd').forEach(valid::appendCodePoint);
    return valid.toString();
  }

  private static boolean isCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }
}
