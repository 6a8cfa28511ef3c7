package io.streamforge.kafka.out;

import java.time.Clock;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * How long after their own time a topic's records are handed to Kafka, and how new the newest is. A
 * histogram as Prometheus has it, of counters: those of several subtasks can be summed, which
 * quantiles cannot.
 */
final class EmissionMetrics {
  /**
   * Fine around a second, since a graph waits 600 ms for what is late; the last is what has long
   * ceased to be live.
   */
  private static final long[] BOUNDS_MS = {
    700, 800, 900, 1_000, 1_500, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000
  };

  private final Clock clock;

  /** Each counts what is within its bound, the last counts everything. */
  private final Counter[] within = new Counter[BOUNDS_MS.length + 1];

  private volatile long newestMs;

  EmissionMetrics(MetricGroup metrics, Clock clock) {
    this.clock = clock;
    MetricGroup histogram = metrics.addGroup("emission_latency_ms");
    for (int i = 0; i < BOUNDS_MS.length; i++) {
      within[i] = bucket(histogram, Long.toString(BOUNDS_MS[i]));
    }
    within[BOUNDS_MS.length] = bucket(histogram, "Inf"); // "+" is no character that Flink leaves
    metrics.gauge("newest_record_ms", () -> newestMs);
  }

  private static Counter bucket(MetricGroup histogram, String bound) {
    return histogram.addGroup("le", bound).counter("bucket");
  }

  /** A record of a time is handed over. */
  void emitted(long timestampMs) {
    long latencyMs = clock.millis() - timestampMs;
    for (int i = BOUNDS_MS.length - 1; i >= 0 && latencyMs <= BOUNDS_MS[i]; i--) {
      within[i].inc();
    }
    within[BOUNDS_MS.length].inc();
    if (timestampMs > newestMs) {
      newestMs = timestampMs;
    }
  }
}
