package io.streamforge.bench.latency;

import org.HdrHistogram.Histogram;

/** Of latencies, milliseconds; null where there are too few values for any to lie beyond it. */
record Percentiles(long count, Double p50, Double p99, Double p999, Double max) {

  /** Of microseconds. */
  static Percentiles of(Histogram us) {
    return new Percentiles(
        us.getTotalCount(),
        percentile(us, 50, 2),
        percentile(us, 99, 100),
        percentile(us, 99.9, 1_000),
        percentile(us, 100, 1));
  }

  private static Double percentile(Histogram us, double percent, int atLeast) {
    return us.getTotalCount() < atLeast ? null : us.getValueAtPercentile(percent) / 1e3;
  }
}
