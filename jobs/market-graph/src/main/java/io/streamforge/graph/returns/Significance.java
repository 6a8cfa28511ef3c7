package io.streamforge.graph.returns;

import io.streamforge.graph.model.GraphSettings;

/**
 * How far Σz, the sum of the products z of two windows' 5 s returns, is from 0, in standard
 * deviations. The returns overlap, so that neighbouring products go together: the variance of the
 * sum has those of the lags in it, with falling weights (Newey & West 1987). t = Σz/√(Γ_0 + 2 Σ_k
 * (1 − k/K) Γ_k), Γ_k = Σ z_t z_{t−k}, K = 9 samples of a second; the root is of Γ_0 at least. Has
 * arrays to work in: not thread-safe.
 */
public final class Significance {
  /** Lags at a time: each is a sum of its own, which waits for itself alone. */
  private static final int STEP = 4;

  private final int span;

  /** By lag; some at the end are 0, so that there is a whole number of steps. */
  private final double[] weights;

  /** From the oldest sample on, behind as many zeros as there are lags. */
  private final double[] products;

  private final double[] lagged = new double[STEP];

  public Significance(GraphSettings settings) {
    int bandwidth = 2 * settings.returnSamples() - 1;
    this.span = settings.windowSamples();
    this.weights = new double[(bandwidth - 1 + STEP - 1) / STEP * STEP];
    for (int lag = 1; lag < bandwidth; lag++) {
      weights[lag - 1] = 1 - (double) lag / bandwidth;
    }
    this.products = new double[weights.length + span];
  }

  /**
   * The pair's t as of a sample; NaN without a common move.
   *
   * @param sum Σz
   */
  public double t(SampleRing a, SampleRing b, long sum, long sample) {
    SampleRing.copyProducts(a, b, sample, products, weights.length);
    double squares = squares();
    double neighbours = 0;
    for (int first = 0; first < weights.length; first += STEP) {
      addLags(first + 1);
      for (int i = 0; i < STEP; i++) {
        neighbours += weights[first + i] * lagged[i];
      }
    }
    return sum / Math.sqrt(Math.max(squares, squares + 2 * neighbours));
  }

  private double squares() {
    double sum = 0;
    for (int i = weights.length; i < products.length; i++) {
      sum += products[i] * products[i];
    }
    return sum;
  }

  /** Γ of so many lags from one on. */
  private void addLags(int lag) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int i = weights.length; i < products.length; i++) {
      double product = products[i];
      a += product * products[i - lag];
      b += product * products[i - lag - 1];
      c += product * products[i - lag - 2];
      d += product * products[i - lag - 3];
    }
    lagged[0] = a;
    lagged[1] = b;
    lagged[2] = c;
    lagged[3] = d;
  }
}
