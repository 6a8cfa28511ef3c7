package io.streamforge.bench.throughput.core;

import java.math.BigDecimal;

/**
 * Prices and quantities as whole numbers of 10⁻⁸, so that sums are exact. A venue's decimals have
 * fewer than 16 digits, so the nearest whole number of 10⁻⁸ to a double is the decimal it was.
 */
final class Units {
  private static final int SCALE = 8;
  private static final double ONE = 1e8;

  private Units() {}

  static long of(double decimal) {
    return Math.round(decimal * ONE);
  }

  static double toDouble(long units) {
    return units / ONE; // exact up to 2⁵³: one rounding
  }

  static BigDecimal product(long price, long quantity) {
    return BigDecimal.valueOf(price, SCALE).multiply(BigDecimal.valueOf(quantity, SCALE));
  }
}
