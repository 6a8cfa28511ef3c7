package io.streamforge.graph;

/** Exponential weights over window 5m, and correlations made with them. */
final class EwmaWeights {
  private static final double HALF_LIFE_US = 60e6;

  /** From the oldest tick on. */
  private final double[] weights;

  EwmaWeights(GraphSettings settings) {
    weights = new double[settings.windowTicks()];
    for (int i = 0; i < weights.length; i++) {
      double age = (double) (weights.length - 1 - i) * settings.intervalUs();
      weights[i] = StrictMath.pow(2, -age / HALF_LIFE_US);
    }
  }

  /** That of 5 s returns in the ticks in which both exist; NaN without a variance at each end. */
  double correlation(ReturnHistory source, ReturnHistory target, long tick) {
    TickRing s = source.returns();
    TickRing t = target.returns();
    double products = TickRing.weightedProducts(s, t, tick, weights);
    return products / Math.sqrt(squares(source, t, tick) * squares(target, s, tick));
  }

  /** One end's squares are the same for all edges but where the other has gaps of its own. */
  private double squares(ReturnHistory of, TickRing alongside, long tick) {
    return of.returns().isWithin(alongside)
        ? of.weightedSquares(tick, weights)
        : of.returns().weightedSquaresAlongside(alongside, tick, weights);
  }
}
