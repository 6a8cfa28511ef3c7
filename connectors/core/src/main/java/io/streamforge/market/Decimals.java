package io.streamforge.market;

/** Bounds and powers of the scaled integers that carry prices and quantities. */
public final class Decimals {
  /** A price or quantity is below this, whatever its scale: it has at most 18 digits. */
  public static final long LIMIT = 1_000_000_000_000_000_000L;

  /** The finest scale: 18 digits behind the point. */
  public static final int MAX_SCALE = 18;

  private static final long[] POWERS_OF_TEN = new long[MAX_SCALE + 1];

  /** Below which a number can have so many more digits: a division costs more than all else. */
  private static final long[] LIMITS = new long[MAX_SCALE + 1];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i <= MAX_SCALE; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
    for (int i = 0; i <= MAX_SCALE; i++) {
      LIMITS[i] = (LIMIT + POWERS_OF_TEN[i] - 1) / POWERS_OF_TEN[i];
    }
  }

  private Decimals() {}

  /** 10^exponent for exponents 0 to {@link #MAX_SCALE}. */
  public static long powerOfTen(int exponent) {
    return POWERS_OF_TEN[exponent];
  }

  /**
   * The same number with so many more digits behind the point, fewer if they are below 0.
   *
   * @return −1 if it does not fit below {@link #LIMIT}, or a digit that is not 0 would be lost
   */
  public static long shift(long value, int digits) {
    if (digits == 0) {
      return value;
    }
    if (digits > 0) {
      return value < LIMITS[digits] ? value * POWERS_OF_TEN[digits] : -1;
    }
    long factor = POWERS_OF_TEN[-digits];
    return value % factor == 0 ? value / factor : -1;
  }

  /** How many zeros a number ends with, {@code atMost} or fewer. */
  public static int trailingZeros(long value, int atMost) {
    int zeros = 0;
    while (zeros < atMost && value % POWERS_OF_TEN[zeros + 1] == 0) {
      zeros++;
    }
    return zeros;
  }
}
