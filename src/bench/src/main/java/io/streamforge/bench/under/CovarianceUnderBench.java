package io.streamforge.bench.under;

import io.streamforge.graph.returns.RollingCovariance;

/** The sums of products of all pairs, for the benchmarks. */
public final class CovarianceUnderBench {
  private final RollingCovariance covariance = new RollingCovariance();

  public CovarianceUnderBench(int symbols) {
    covariance.grow(symbols);
  }

  /**
   * One sample.
   *
   * @param entering by symbol, the return that enters the window
   * @param leaving by symbol, the return that leaves it
   * @return the sum of a pair
   */
  public long update(long[] entering, long[] leaving) {
    covariance.update(entering, leaving);
    return covariance.get(0, 1);
  }
}
