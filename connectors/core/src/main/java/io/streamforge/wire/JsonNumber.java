package io.streamforge.wire;

/** Numbers as JSON writes them. */
final class JsonNumber {
  private JsonNumber() {}

  /** The place after the sign and the whole digits of a number, which have no zero before them. */
  static int afterWhole(byte[] json, int from) throws DecodeException {
    int first = from < json.length && json[from] == '-' ? from + 1 : from;
    int end = afterDigits(json, first);
    if (json[first] == '0' && end > first + 1) {
      throw JsonScanner.malformed();
    }
    return end;
  }

  /** The place after a number's decimals and exponent; {@code from} if it has none. */
  static int afterRest(byte[] json, int from) throws DecodeException {
    int end = from;
    if (end < json.length && json[end] == '.') {
      end = afterDigits(json, end + 1);
    }
    if (end < json.length && (json[end] == 'e' || json[end] == 'E')) {
      end++;
      boolean signed = end < json.length && (json[end] == '+' || json[end] == '-');
      end = afterDigits(json, signed ? end + 1 : end);
    }
    return end;
  }

  /** The first place after one digit or more. */
  private static int afterDigits(byte[] json, int from) throws DecodeException {
    int i = from;
    while (i < json.length && json[i] >= '0' && json[i] <= '9') {
      i++;
    }
    if (i == from) {
      throw JsonScanner.malformed();
    }
    return i;
  }

  /** A whole number; refused if 64 bits do not hold it. */
  static long longValue(byte[] text, int from, int end) throws DecodeException {
    boolean negative = text[from] == '-';
    long value = 0; // below zero, where there is room for the least
    for (int i = negative ? from + 1 : from; i < end; i++) {
      int digit = text[i] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw new DecodeException("number-out-of-range");
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw new DecodeException("number-out-of-range");
    }
    return negative ? value : -value;
  }
}
