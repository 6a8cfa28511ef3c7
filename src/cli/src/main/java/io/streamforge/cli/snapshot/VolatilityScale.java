package io.streamforge.cli.snapshot;

import io.streamforge.record.GraphFeaturesRecord;
import java.util.DoubleSummaryStatistics;
import java.util.Objects;
import java.util.stream.IntStream;

/** Volatilities as colours, by their logarithm, between round numbers. */
record VolatilityScale(double least, double most) {
  static final String FEATURE = "volatility_1m";

  static VolatilityScale of(GraphFeaturesRecord graph) {
    DoubleSummaryStatistics positive =
        IntStream.range(0, graph.nodeIds().size())
            .mapToObj(node -> graph.feature(node, FEATURE))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .filter(value -> value > 0)
            .summaryStatistics();
    return positive.getCount() == 0
        ? new VolatilityScale(0.1, 1)
        : new VolatilityScale(
            Math.min(0.1, round(positive.getMin(), false)),
            Math.max(1, round(positive.getMax(), true)));
  }

  /** To the next of 1, 2 and 5 times a power of ten. */
  private static double round(double value, boolean up) {
    double decade = StrictMath.pow(10, Math.floor(StrictMath.log10(value)));
    double[] steps = {decade, 2 * decade, 5 * decade, 10 * decade};
    for (int i = 1; i < steps.length; i++) {
      if (value <= steps[i]) {
        return up || value == steps[i] ? steps[i] : steps[i - 1];
      }
    }
    return steps[steps.length - 1];
  }

  String colour(double value) {
    double share = StrictMath.log(Math.max(value, least) / least) / StrictMath.log(most / least);
    return Colours.sequential(share);
  }
}
