package io.streamforge.wire;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.streamforge.market.Decimals;

/**
 * Reads decimal text into {@link #mantissa} · 10^−{@link #scale}, exactly. Digits with at most one
 * point and an optional exponent, no sign. Trailing zeros count as sent, for a checksum is made of
 * them; those that do not fit are counted in {@link #sentScale} alone.
 */
final class DecimalParser {
  private static final int MAX_PLAIN_DIGITS = 18;

  /** No checksum is made of more decimals. */
  private static final int MAX_SENT_SCALE = 100;

  private final byte[] doubleText = new byte[24]; // -1.2345678901234567E-123
  private long mantissa;
  private int scale;
  private int sentScale;

  long mantissa() {
    return mantissa;
  }

  int scale() {
    return scale;
  }

  /** How many digits stood behind the point, {@link #scale} or more. */
  int sentScale() {
    return sentScale;
  }

  /**
   * @throws DecodeException if the text is no such number or needs more than 18 digits or 18
   *     decimal places
   */
  void parse(byte[] text, int offset, int length) throws DecodeException {
    long value = 0;
    int digits = 0;
    int decimals = 0;
    int droppedZeros = 0;
    boolean point = false;
    int end = offset + length;
    int i = offset;
    for (; i < end; i++) {
      byte c = text[i];
      if (c >= '0' && c <= '9') {
        digits++;
        if (point && c == '0' && (value >= Decimals.LIMIT / 10 || decimals == Decimals.MAX_SCALE)) {
          droppedZeros++;
          continue;
        }
        if (value >= Decimals.LIMIT / 10 || droppedZeros > 0) {
          throw outOfRange();
        }
        value = value * 10 + (c - '0');
        if (point && ++decimals > Decimals.MAX_SCALE) {
          throw outOfRange();
        }
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      throw new DecodeException("not-a-number");
    }
    mantissa = value;
    scale = decimals;
    sentScale = Math.min(MAX_SENT_SCALE, decimals + droppedZeros);
    if (i < end) {
      applyExponent(exponent(text, i, end));
      sentScale = scale;
    }
  }

  /**
   * Reads digits, of which there are at most 18, and at most one point.
   *
   * @return the place after them, −1 if there are more or none: {@link #parse} can tell
   */
  int parsePlain(byte[] text, int from) {
    long value = 0;
    int point = -1;
    int i = from;
    for (; i < text.length; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
      } else if (text[i] == '.' && point < 0) {
        point = i;
      } else {
        break;
      }
    }
    int digits = point < 0 ? i - from : i - from - 1;
    if (digits < 1 || digits > MAX_PLAIN_DIGITS) {
      return -1;
    }
    mantissa = value;
    scale = point < 0 ? 0 : i - 1 - point;
    sentScale = scale;
    return i;
  }

  /**
   * The shortest decimal that is read as this double, in the form of JDK 19's {@code
   * Double.toString} on any JDK.
   *
   * @throws DecodeException if it is not finite, or as for text
   */
  void parse(double value) throws DecodeException {
    if (!Double.isFinite(value)) {
      throw new DecodeException("not-a-number");
    }
    String text = NumberOutput.toString(value, true);
    for (int i = 0; i < text.length(); i++) {
      doubleText[i] = (byte) text.charAt(i);
    }
    parse(doubleText, 0, text.length());
  }

  private static int exponent(byte[] text, int start, int end) throws DecodeException {
    int i = start + 1;
    boolean negative = i < end && text[i] == '-';
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      i++;
    }
    if ((text[start] != 'e' && text[start] != 'E') || i == end || end - i > 3) {
      throw new DecodeException("not-a-number");
    }
    int value = 0;
    for (; i < end; i++) {
      if (text[i] < '0' || text[i] > '9') {
        throw new DecodeException("not-a-number");
      }
      value = value * 10 + (text[i] - '0');
    }
    return negative ? -value : value;
  }

  private void applyExponent(int exponent) throws DecodeException {
    scale -= exponent;
    while (scale > Decimals.MAX_SCALE && mantissa % 10 == 0 && mantissa != 0) {
      mantissa /= 10;
      scale--;
    }
    if (mantissa == 0) {
      scale = 0;
    }
    if (scale > Decimals.MAX_SCALE || scale < -Decimals.MAX_SCALE) {
      throw outOfRange();
    }
    if (scale < 0) {
      mantissa = Decimals.shift(mantissa, -scale);
      scale = 0;
      if (mantissa < 0) {
        throw outOfRange();
      }
    }
  }

  private static DecodeException outOfRange() {
    return new DecodeException("number-out-of-range");
  }
}
