package io.streamforge.market;

/** Which texts can name a venue or a symbol. */
public final class InstrumentNames {
  /** Characters that a venue has at most, and a symbol. */
  public static final int MAX_LENGTH = 128;

  /**
   * Ranges of characters that nobody sees or that move others about: controls, formats, blanks but
   * the usual one, fillers, selectors of variants, halves of characters, those of private use.
   */
  private static final int[] UNSEEN = {
    0x7f, 0xa0, 0xad, 0xad, 0x34f, 0x34f, 0x600, 0x605, 0x61c, 0x61c, 0x6dd, 0x6dd, 0x70f, 0x70f,
    0x890, 0x891, 0x8e2, 0x8e2, 0x115f, 0x1160, 0x1680, 0x1680, 0x17b4, 0x17b5, 0x180b, 0x180f,
    0x2000, 0x200f, 0x2028, 0x202f, 0x205f, 0x206f, 0x2800, 0x2800, 0x3000, 0x3000, 0x3164, 0x3164,
    0xd800, 0xf8ff, 0xfdd0, 0xfdef, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0, 0xffa0, 0xfff0, 0xfffb,
    0x110bd, 0x110bd, 0x110cd, 0x110cd, 0x13430, 0x1343f, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a,
    0xe0000, 0x10ffff
  };

  private InstrumentNames() {}

  /** Whether a text can name a venue: {@code [a-z0-9][a-z0-9.-]*}, of at most 128. */
  public static boolean isVenue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inside = (c == '.' || c == '-') && i > 0;
      if (!inside && (c < 'a' || c > 'z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_LENGTH;
  }

  /**
   * Whether a text can stand in keys, records and messages to people: short, without blanks at its
   * ends, and no character of it unseen. What is unseen is written here, for the tables of a JDK
   * change with its version.
   */
  public static boolean isSymbol(String text) {
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (c >= 0x7f && isUnseen(c)) {
        return false;
      }
      if (c < ' ' || (c == ' ' && (i == 0 || i == text.length() - 1))) {
        return false;
      }
    }
    return text.length() <= MAX_LENGTH;
  }

  private static boolean isUnseen(int c) {
    for (int i = 0; i < UNSEEN.length; i += 2) {
      if (c >= UNSEEN[i] && c <= UNSEEN[i + 1]) {
        return true;
      }
    }
    return (c & 0xfffe) == 0xfffe; // no characters
  }
}
