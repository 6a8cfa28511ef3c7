package io.streamforge.graph.returns;

import io.streamforge.graph.model.GraphSettings;

/** Exponential weights over window 5m, and correlations made with them. */
public final class EwmaWeights {
  private static final double HALF_LIFE_US = 60e6;

  /** From the oldest sample on. */
  private final double[] weights;

  public EwmaWeights(GraphSettings settings) {
    weights = new double[settings.windowSamples()];
    for (int i = 0; i < weights.length; i++) {
      double age = (double) (weights.length - 1 - i) * settings.intervalUs();
      weights[i] = StrictMath.pow(2, -age / HALF_LIFE_US);
    }
  }

  /** That of 5 s returns in the samples in which both exist; NaN without a variance at each end. */
  public double correlation(ReturnHistory source, ReturnHistory target, long sample) {
    SampleRing s = source.returns();
    SampleRing t = target.returns();
    double products = SampleRing.weightedProducts(s, t, sample, weights);
    return products / Math.sqrt(squares(source, t, sample) * squares(target, s, sample));
  }

  /** One end's squares are the same for all edges but where the other has gaps of its own. */
  private double squares(ReturnHistory of, SampleRing alongside, long sample) {
    return of.returns().isWithin(alongside)
        ? of.weightedSquares(sample, weights)
        : of.returns().weightedSquaresAlongside(alongside, sample, weights);
  }
}
