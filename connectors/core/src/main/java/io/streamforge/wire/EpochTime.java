package io.streamforge.wire;

import io.streamforge.market.Decimals;

/** Reads a venue's timestamps into microseconds since the epoch. */
final class EpochTime {
  // A unit is accepted from September 2001 (10⁹ s) to November 2286 (10¹⁰ s).
  private static final long FIRST = 1_000_000_000L;
  private static final long END = 10_000_000_000L;

  private EpochTime() {}

  /**
   * A count of seconds, milliseconds, microseconds or nanoseconds, told apart by magnitude.
   *
   * @throws DecodeException if it fits none
   */
  static long toMicros(long value) throws DecodeException {
    if (value >= FIRST && value < END) {
      return value * 1_000_000;
    }
    if (value >= FIRST * 1_000 && value < END * 1_000) {
      return value * 1_000;
    }
    if (value >= FIRST * 1_000_000 && value < END * 1_000_000) {
      return value;
    }
    if (value >= FIRST * 1_000_000_000) {
      return value / 1_000;
    }
    throw new DecodeException("bad-timestamp");
  }

  /** Seconds with decimals, as scaled integer; what is finer than a microsecond is cut. */
  static long toMicros(long mantissa, int scale) throws DecodeException {
    if (scale == 0) {
      return toMicros(mantissa);
    }
    if (mantissa / Decimals.powerOfTen(scale) >= END) {
      throw new DecodeException("bad-timestamp");
    }
    long micros =
        scale <= 6
            ? mantissa * Decimals.powerOfTen(6 - scale)
            : mantissa / Decimals.powerOfTen(scale - 6);
    if (micros < FIRST * 1_000_000) {
      throw new DecodeException("bad-timestamp");
    }
    return micros;
  }

  /**
   * {@code 2026-08-02T03:35:51.302928Z}: RFC 3339 in UTC with up to nine decimals, of which six
   * count.
   *
   * @throws DecodeException if it is anything else
   */
  static long ofIso(byte[] text, int offset, int length) throws DecodeException {
    int end = offset + length;
    if (length < 20
        || text[offset + 4] != '-'
        || text[offset + 7] != '-'
        || text[offset + 10] != 'T'
        || text[offset + 13] != ':'
        || text[offset + 16] != ':'
        || text[end - 1] != 'Z') {
      throw new DecodeException("bad-timestamp");
    }
    int year = digits(text, offset, 4);
    int month = digits(text, offset + 5, 2);
    int day = digits(text, offset + 8, 2);
    int hour = digits(text, offset + 11, 2);
    int minute = digits(text, offset + 14, 2);
    int second = digits(text, offset + 17, 2);
    if (year < 2001
        || month < 1
        || month > 12
        || day < 1
        || day > daysOf(year, month)
        || hour > 23
        || minute > 59
        || second > 59) {
      throw new DecodeException("bad-timestamp");
    }
    long micros = 0;
    int decimals = end - 1 - (offset + 20);
    if (length > 20) {
      if (text[offset + 19] != '.' || decimals < 1 || decimals > 9) {
        throw new DecodeException("bad-timestamp");
      }
      long fraction = digits(text, offset + 20, decimals);
      micros =
          decimals <= 6
              ? fraction * Decimals.powerOfTen(6 - decimals)
              : fraction / Decimals.powerOfTen(decimals - 6);
    }
    long seconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
    return seconds * 1_000_000 + micros;
  }

  private static int digits(byte[] text, int from, int count) throws DecodeException {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      if (text[i] < '0' || text[i] > '9') {
        throw new DecodeException("bad-timestamp");
      }
      value = value * 10 + (text[i] - '0');
    }
    return value;
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** Days of the proleptic Gregorian calendar, with years that begin in March. */
  private static long daysSinceEpoch(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
  }
}
