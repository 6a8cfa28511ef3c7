package io.streamforge.kafka.log;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** A partition, and by which of its records it can be told from another of the same name. */
final class LogSplit extends KafkaPartitionSplit {
  /** Kafka's timestamp of the record before the position, milliseconds since the epoch. */
  private final long lastMs;

  LogSplit(KafkaPartitionSplit split, long lastMs) {
    super(
        split.getTopicPartition(),
        split.getStartingOffset(),
        split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
    this.lastMs = lastMs;
  }

  long lastMs() {
    return lastMs;
  }
}
