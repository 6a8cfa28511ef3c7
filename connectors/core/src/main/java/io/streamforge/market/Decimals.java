package io.streamforge.market;

/** Bounds and powers of the scaled integers that carry prices and quantities. */
public final class Decimals {
  /** A price or quantity is below this, whatever its scale: 2^57, more than 17 digits. */
  public static final long LIMIT = 1L << 57;

  /** The finest scale: 18 digits behind the point. */
  public static final int MAX_SCALE = 18;

  private static final long[] POWERS_OF_TEN = new long[MAX_SCALE + 1];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i <= MAX_SCALE; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  private Decimals() {}

  /** 10^exponent for exponents 0 to {@link #MAX_SCALE}. */
  public static long powerOfTen(int exponent) {
    return POWERS_OF_TEN[exponent];
  }

  /**
   * The same number at a finer scale.
   *
   * @return −1 if it does not fit below {@link #LIMIT}
   */
  public static long rescale(long value, int fromScale, int toScale) {
    long factor = POWERS_OF_TEN[toScale - fromScale];
    return value < (LIMIT + factor - 1) / factor ? value * factor : -1;
  }
}
