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
  EXACTLY_ONCE_10S(0.5, true, "exactly once, a checkpoint each 10 s", exactlyOnce("10 s"));

  private final double load;
  private final boolean heartbeats;
  private final String description;
  private final Map<String, String> settings;

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

  /** Share of the maximum. */
  double load() {
    return load;
  }

  boolean heartbeats() {
    return heartbeats;
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

  String description() {
    return description;
  }

  /** Of the job and of Flink, that differ from the defaults. */
  Map<String, String> settings() {
    return settings;
  }
}
