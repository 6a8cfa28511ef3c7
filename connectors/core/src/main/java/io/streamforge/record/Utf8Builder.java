package io.streamforge.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.streamforge.market.Decimals;
import java.util.Arrays;

/**
 * Puts JSON in UTF-8 together from texts and exact numbers, without an object a number. Not
 * thread-safe.
 */
final class Utf8Builder {
  private static final int LONGEST_LONG = 20;
  private static final int LONGEST_DECIMAL = 2 + Decimals.MAX_SCALE + LONGEST_LONG;
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] LEAST = {
    '-', '9', '2', '2', '3', '3', '7', '2', '0', '3', '6', '8', '5', '4', '7', '7', '5', '8', '0',
    '8'
  };

  private final JsonStringEncoder encoder = JsonStringEncoder.getInstance();
  private final byte[] digits = new byte[LONGEST_LONG];
  private byte[] bytes = new byte[512];
  private int size;

  Utf8Builder add(byte[] text) {
    makeRoom(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
    return this;
  }

  private void makeRoom(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  private void put(int c) {
    bytes[size++] = (byte) c;
  }

  Utf8Builder nothing() {
    return add(NULL);
  }

  /** A text in quotes, null for null. */
  Utf8Builder quoted(String text) {
    if (text == null) {
      return nothing();
    }
    byte[] escaped = encoder.quoteAsUTF8(text);
    makeRoom(escaped.length + 2);
    put('"');
    add(escaped);
    makeRoom(1);
    put('"');
    return this;
  }

  Utf8Builder number(long value) {
    if (value == Long.MIN_VALUE) {
      return add(LEAST);
    }
    makeRoom(LONGEST_LONG);
    if (value < 0) {
      put('-');
    }
    int count = digits(Math.abs(value));
    while (count > 0) {
      put(digits[--count]);
    }
    return this;
  }

  /** Splits a number into its digits, the last one first; returns how many there are. */
  private int digits(long value) {
    int count = 0;
    long left = value;
    do {
      digits[count++] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    return count;
  }

  /**
   * A decimal in quotes: all its digits, no zero at the end of its decimals, no exponent.
   *
   * @param mantissa 0 or more
   */
  Utf8Builder decimal(long mantissa, int scale) {
    int zeros = mantissa == 0 ? scale : Decimals.trailingZeros(mantissa, scale);
    int decimals = scale - zeros;
    int count = digits(mantissa / Decimals.powerOfTen(zeros));
    makeRoom(LONGEST_DECIMAL);
    put('"');
    for (int place = Math.max(count - 1, decimals); place >= 0; place--) {
      put(place < count ? digits[place] : '0');
      if (place == decimals && decimals > 0) {
        put('.');
      }
    }
    put('"');
    return this;
  }

  /** The text, complete; the next one starts empty. */
  byte[] toBytes() {
    byte[] text = Arrays.copyOf(bytes, size);
    size = 0;
    return text;
  }
}
