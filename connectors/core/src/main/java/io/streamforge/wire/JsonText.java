package io.streamforge.wire;

import java.util.Arrays;

/** What stands between the quotes of JSON's texts: characters of UTF-8, and escapes. */
final class JsonText {
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final byte[] ESCAPED = {'"', '\\', '/', '\b', '\f', '\n', '\r', '\t'};

  private JsonText() {}

  /** The place after a character that is not of plain ASCII; control characters are malformed. */
  static int afterCharacter(byte[] json, int from) throws DecodeException {
    int lead = json[from];
    int more =
        (lead & 0xe0) == 0xc0
            ? 1
            : (lead & 0xf0) == 0xe0 ? 2 : (lead & 0xf8) == 0xf0 ? 3 : json.length;
    int end = from + 1 + more;
    if (end > json.length) {
      throw JsonScanner.malformed();
    }
    int character = lead & (0x3f >> more);
    for (int i = from + 1; i < end; i++) {
      if ((json[i] & 0xc0) != 0x80) {
        throw JsonScanner.malformed();
      }
      character = (character << 6) | (json[i] & 0x3f);
    }
    if (bytesAfterFirst(character) != more) {
      throw JsonScanner.malformed();
    }
    return end;
  }

  /** Of a character in UTF-8; half a surrogate and what is beyond Unicode are malformed. */
  private static int bytesAfterFirst(int character) throws DecodeException {
    if ((character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
        || character > Character.MAX_CODE_POINT) {
      throw JsonScanner.malformed();
    }
    return character < 0x80 ? 0 : character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
  }

  /** The place after the escape whose backslash is at {@code from}. */
  static int afterEscape(byte[] json, int from) throws DecodeException {
    if (from + 1 == json.length) {
      throw JsonScanner.malformed();
    }
    if (json[from + 1] == 'u') {
      codeUnit(json, from);
      return from + 6;
    }
    if (ESCAPES.indexOf(json[from + 1]) < 0) {
      throw JsonScanner.malformed();
    }
    return from + 2;
  }

  /** The UTF-16 unit that is escaped as a backslash, u and four hexadecimal digits. */
  private static int codeUnit(byte[] json, int from) throws DecodeException {
    if (from + 6 > json.length) {
      throw JsonScanner.malformed();
    }
    int unit = 0;
    for (int i = from + 2; i < from + 6; i++) {
      int digit = Character.digit(json[i], 16);
      if (digit < 0) {
        throw JsonScanner.malformed();
      }
      unit = (unit << 4) | digit;
    }
    return unit;
  }

  /**
   * A text that has been stepped over, with its escapes replaced; half a surrogate is malformed.
   */
  static byte[] unescaped(byte[] json, int from, int end) throws DecodeException {
    byte[] text = new byte[end - from]; // no character is longer than its escape
    int length = 0;
    for (int i = from; i < end; ) {
      if (json[i] != '\\') {
        text[length++] = json[i++];
      } else if (json[i + 1] != 'u') {
        text[length++] = ESCAPED[ESCAPES.indexOf(json[i + 1])];
        i += 2;
      } else {
        int character = codeUnit(json, i);
        i += 6;
        if (Character.isHighSurrogate((char) character) && i < end && json[i] == '\\') {
          character = Character.toCodePoint((char) character, lowSurrogate(json, i));
          i += 6;
        }
        length += encode(character, text, length);
      }
    }
    return Arrays.copyOf(text, length);
  }

  private static char lowSurrogate(byte[] json, int from) throws DecodeException {
    int unit = json[from + 1] == 'u' ? codeUnit(json, from) : 0;
    if (!Character.isLowSurrogate((char) unit)) {
      throw JsonScanner.malformed();
    }
    return (char) unit;
  }

  /** Puts a character as UTF-8; returns how many bytes it takes. */
  private static int encode(int character, byte[] into, int at) throws DecodeException {
    int more = bytesAfterFirst(character);
    into[at] = (byte) (more == 0 ? character : (0xff80 >> more) | (character >> (6 * more)));
    for (int i = 1; i <= more; i++) {
      into[at + i] = (byte) (0x80 | ((character >> (6 * (more - i))) & 0x3f));
    }
    return more + 1;
  }
}
