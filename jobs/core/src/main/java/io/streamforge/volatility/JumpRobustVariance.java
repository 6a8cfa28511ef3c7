package io.streamforge.volatility;

import io.streamforge.window.SampleWindow;

/**
 * Variance of a window of returns that jumps hardly touch, and the share of jumps. Products of
 * neighbours count where all their returns exist, and are scaled up to the N returns that exist: by
 * N over the number of products, which is N/(N − 1), or N/(N − 2), in a window without a hole. NaN
 * where fewer than half of the returns exist, or more than a fifth of them are 0: then products are
 * 0 that are not calm.
 *
 * @param bipower Barndorff-Nielsen & Shephard 2004: (π/2) Σ |r_k||r_{k−1}|
 * @param medRv Andersen, Dobrev & Schaumburg 2012: π/(6 − 4√3 + π) Σ median(three neighbours)²
 * @param jumpShare max(0, 1 − bipower/RV)
 */
record JumpRobustVariance(double bipower, double medRv, double jumpShare) {
  static final JumpRobustVariance NONE = new JumpRobustVariance(Double.NaN, Double.NaN, Double.NaN);

  private static final double BIPOWER = Math.PI / 2;
  private static final double MED_RV = Math.PI / (6 - 4 * StrictMath.sqrt(3) + Math.PI);

  /** Whether it says something. */
  boolean exists() {
    return !Double.isNaN(bipower);
  }

  /** Of the last {@code length} returns; {@link #NONE} where they say nothing. */
  static JumpRobustVariance of(SampleWindow returns, int length) {
    int count = returns.count(length);
    if (2 * count < length || 5 * returns.countZeros(length) > count) {
      return NONE;
    }
    double products = 0;
    int pairs = 0;
    double medians = 0;
    int triples = 0;
    for (int age = length - 2; age >= 0; age--) {
      double before = Math.abs(returns.get(age + 1));
      double now = Math.abs(returns.get(age));
      if (!Double.isNaN(before * now)) {
        products += before * now;
        pairs++;
        double first = age + 2 < length ? Math.abs(returns.get(age + 2)) : Double.NaN;
        if (!Double.isNaN(first)) {
          double median = Math.max(Math.min(first, before), Math.min(Math.max(first, before), now));
          medians += median * median;
          triples++;
        }
      }
    }
    double bipower = BIPOWER * count * (products / pairs); // NaN without a pair
    double medRv = MED_RV * count * (medians / triples);
    double realized = returns.sumOfSquares(length);
    return new JumpRobustVariance(bipower, medRv, Math.max(0, 1 - bipower / realized));
  }
}
