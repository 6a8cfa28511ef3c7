package io.streamforge.testkit.reference;

import java.util.NavigableMap;

/** How sure it is that two instruments move together. */
final class ReferenceSignificance {
  private static final int LAGS = 8;

  private ReferenceSignificance() {}

  /** t of the sum of products of 5 s returns, by sample; null where all of them are 0. */
  static Double t(NavigableMap<Long, Long> products) {
    double variance = lagged(products, 0);
    double floor = variance;
    for (int lag = 1; lag <= LAGS; lag++) {
      variance += 2 * (LAGS + 1 - lag) / 9.0 * lagged(products, lag);
    }
    double sum = products.values().stream().mapToLong(Long::longValue).sum();
    return floor == 0 ? null : (Double) (sum / StrictMath.sqrt(Math.max(floor, variance)));
  }

  private static double lagged(NavigableMap<Long, Long> products, int lag) {
    double sum = 0;
    for (long sample : products.keySet()) {
      Long before = products.get(sample - lag * ReferenceInstrument.SECOND);
      sum += before == null ? 0 : (double) products.get(sample) * before;
    }
    return sum;
  }

  /** What the t of one of a node's pairs is above by chance, by halving. */
  static double level(int nodes) {
    double low = 0;
    double high = 8;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (nodes > 2 && 0.5 - fromZeroTo(middle) > 0.5 / (nodes - 1)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The normal density integrated by Simpson's rule. */
  private static double fromZeroTo(double x) {
    int steps = 2000;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double at = x * i / steps;
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-at * at / 2);
    }
    return sum * x / steps / 3 / Math.sqrt(2 * Math.PI);
  }
}
