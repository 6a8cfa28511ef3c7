package io.streamforge.testkit.generated;

import java.util.Random;

/**
 * Returns of many symbols that share a market factor and one of twenty sectors; a tenth seldom
 * move, and now and then a return is missing.
 */
public final class FactorReturns {
  private static final int SECTORS = 20;
  private static final double MISSING = 1e-4;

  private final Random random;
  private final double[] marketBetas;
  private final double[] sectorBetas;

  /** The same seed gives the same returns. */
  public FactorReturns(int symbols, long seed) {
    random = new Random(seed);
    marketBetas = random.doubles(symbols, 0.2, 1.5).toArray();
    sectorBetas = random.doubles(symbols, 0, 1.5).toArray();
  }

  /** The next log returns, by symbol; NaN for one that is missing. */
  public double[] next() {
    double market = random.nextGaussian();
    double[] sectors = random.doubles(SECTORS).map(u -> (u - 0.5) * Math.sqrt(12)).toArray();
    double[] returns = new double[marketBetas.length];
    for (int i = 0; i < returns.length; i++) {
      double own = random.nextGaussian();
      double r = marketBetas[i] * market + sectorBetas[i] * sectors[i % SECTORS] + own;
      boolean stale = random.nextInt(10) < (i % 10 == 0 ? 9 : 2);
      returns[i] = random.nextDouble() < MISSING ? Double.NaN : stale ? 0 : r * 1e-4;
    }
    return returns;
  }
}
