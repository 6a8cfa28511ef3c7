package io.streamforge.volatility;

/**
 * Annualised volatility by the ranges of bars of one length, as of a window. A mid that changes
 * seldom shows less of its range than a Brownian motion, so that the mean variance of the bars is
 * too small (Garman & Klass 1980, table 1). It is divided by the share that a Gaussian walk of the
 * bars' numbers of changes shows. NaN is a value that does not exist.
 */
record RangeVolatility(double parkinson, double garmanKlass, double rogersSatchell) {
  static final RangeVolatility NONE = new RangeVolatility(Double.NaN, Double.NaN, Double.NaN);

  private static final double MIN_CHANGES_A_BAR = 5;
  private static final double TWICE_LN_2 = 2 * StrictMath.log(2);

  /** Whether it says something. */
  boolean exists() {
    return !Double.isNaN(parkinson);
  }

  /** Adds up the bars of a window. */
  static final class Sums {
    private int bars;
    private double changes;
    private double parkinson;
    private double garmanKlass;
    private double rogersSatchell;
    private double seenParkinson;
    private double seenRogersSatchell;

    /**
     * Adds a bar.
     *
     * @param count changes of the mid in it
     */
    void add(Bar bar, double count) {
      bars++;
      changes += count;
      parkinson += bar.parkinson();
      garmanKlass += bar.garmanKlass();
      rogersSatchell += bar.rogersSatchell();
      if (count > 0) {
        seenParkinson += count * shareOfRange(count);
        seenRogersSatchell += count * shareOfRogersSatchell(count);
      }
    }

    /**
     * What the bars say.
     *
     * @param minBars how many it needs
     * @param seconds length of a bar
     */
    RangeVolatility of(int minBars, double seconds) {
      if (bars < minBars || changes < MIN_CHANGES_A_BAR * bars) {
        return NONE;
      }
      double range = seenParkinson / changes;
      return new RangeVolatility(
          Volatility.annualised(parkinson / bars / range, seconds),
          Volatility.annualised(garmanKlass / bars / (1 - TWICE_LN_2 * (1 - range)), seconds),
          Volatility.annualised(rogersSatchell / bars / (seenRogersSatchell / changes), seconds));
    }
  }

  /**
   * Share of the mean squared range that is seen after n ≥ 1 Gaussian steps: 1 − 4β√(8/π)/(4 ln 2
   * √n), β = −ζ(1/2)/√(2π), is its expansion; the other terms are fitted, to 0.001.
   */
  private static double shareOfRange(double n) {
    return 1 - 1.3412600 / Math.sqrt(n) + 0.9757 / n - 0.2731 / (n * Math.sqrt(n));
  }

  /**
   * The same for Rogers and Satchell: Σ 1/√(jk) over j, k ≥ 1, j + k ≤ n, by πn; 1 + 4ζ(1/2)/(π√n)
   * is its expansion.
   */
  private static double shareOfRogersSatchell(double n) {
    return 1 - 1.8593811 / Math.sqrt(n) + 1.1714 / n - 0.3130 / (n * Math.sqrt(n));
  }
}
