package io.streamforge.bench.latency;

import io.streamforge.runtime.MessageOptions;
import io.streamforge.runtime.SinkOptions;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;

/**
 * What is measured, in this order. Nothing said: at least once, busy partitions with heartbeats.
 */
enum Scenario {
  LOAD_25(0.25, true, "a quarter of the maximum", Map.of()),
  LOAD_50(0.5, true, "half", Map.of()),
  LOAD_75(0.75, true, "three quarters", Map.of()),
  MAX_LATENESS_50MS(
      0.5, true, "source.max-lateness 50 ms", Map.of(MessageOptions.MAX_LATENESS.key(), "50 ms")),
  THIN_PARTITIONS(0.5, true, "64 partitions a topic, 10 instruments", Map.of()),
  NO_HEARTBEATS(0.5, false, "busy partitions without heartbeats", Map.of()),
  THIN_WITHOUT_HEARTBEATS(
      0.5, false, "64 partitions a topic, 10 instruments, no heartbeats", Map.of()),
  EXACTLY_ONCE_1S(0.5, true, "exactly once, a checkpoint each 1 s", exactlyOnce("1 s")),
  EXACTLY_ONCE_10S(0.5, true, "exactly once, a checkpoint each 10 s", exactlyOnce("10 s")),
  MARKET_EVENTS(0.5, true, "with market-events", Map.of());

  /** Share of the maximum. */
  final double load;

  final boolean heartbeats;
  final String description;

  /** Of the job and of Flink, that differ from the defaults. */
  final Map<String, String> settings;

  Scenario(double load, boolean heartbeats, String description, Map<String, String> settings) {
    this.load = load;
    this.heartbeats = heartbeats;
    this.description = description;
    this.settings = settings;
  }

  private static Map<String, String> exactlyOnce(String checkpoints) {
    return Map.of(
        SinkOptions.DELIVERY_GUARANTEE.key(),
        "exactly-once",
        CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
        checkpoints);
  }

  /** Of each topic. */
  int partitions() {
    return isThin() ? 64 : 4;
  }

  /**
   * @param busy how many there are where nothing is said
   */
  int instruments(int busy) {
    return isThin() ? Math.min(10, busy) : busy;
  }

  private boolean isThin() {
    return this == THIN_PARTITIONS || this == THIN_WITHOUT_HEARTBEATS;
  }
}
