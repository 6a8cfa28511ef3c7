package io.streamforge.bench.experiment;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** What is reported of many values; percentiles are values that occurred. */
public record Distribution(int count, double min, double mean, double p50, double p99, double max) {

  /** Of at least one value. */
  public static Distribution of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return new Distribution(
        sorted.length,
        sorted[0],
        Arrays.stream(sorted).average().orElseThrow(),
        percentile(sorted, 0.5),
        percentile(sorted, 0.99),
        sorted[sorted.length - 1]);
  }

  // The nearest rank.
  private static double percentile(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
