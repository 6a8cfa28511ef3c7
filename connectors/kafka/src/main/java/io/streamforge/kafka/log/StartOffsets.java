package io.streamforge.kafka.log;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job without state begins. Each position is an offset, so that a reader can tell whether
 * the log still has it, and no consumer ever moves by itself.
 */
public final class StartOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1;

  /** An offset that was asked for by a time and of which nothing says whether it was read. */
  static final long BEFORE_ALL = 0;

  private enum From {
    EARLIEST,
    LATEST,
    COMMITTED,
    TIME
  }

  private final From from;
  private final long timeMs;

  private StartOffsets(From from, long timeMs) {
    this.from = from;
    this.timeMs = timeMs;
  }

  /** At the first record that Kafka has. */
  public static StartOffsets earliest() {
    return new StartOffsets(From.EARLIEST, 0);
  }

  /** Behind the last record. */
  public static StartOffsets latest() {
    return new StartOffsets(From.LATEST, 0);
  }

  /** Where the consumer group has committed; at the first record where it has not. */
  public static StartOffsets committed() {
    return new StartOffsets(From.COMMITTED, 0);
  }

  /**
   * At the first record of a time or later, behind the last where there is none.
   *
   * @param timeMs by Kafka's timestamps, milliseconds since the epoch
   */
  public static StartOffsets since(long timeMs) {
    return new StartOffsets(From.TIME, timeMs);
  }

  /** Whether a time says it. */
  boolean isTime() {
    return from == From.TIME;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever log) {
    return switch (from) {
      case EARLIEST -> log.beginningOffsets(partitions);
      case LATEST -> log.endOffsets(partitions);
      case COMMITTED -> {
        Map<TopicPartition, Long> offsets = new HashMap<>(log.beginningOffsets(partitions));
        offsets.putAll(log.committedOffsets(partitions));
        yield offsets;
      }
      case TIME -> sinceTime(partitions, log);
    };
  }

  private Map<TopicPartition, Long> sinceTime(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever log) {
    // The ends first: what is written from now on is read, wherever its time puts it.
    Map<TopicPartition, Long> ends = log.endOffsets(partitions);
    Map<TopicPartition, Long> begins = log.beginningOffsets(partitions);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, timeMs));
    Map<TopicPartition, OffsetAndTimestamp> found = log.offsetsForTimes(times);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      long begin = begins.get(partition);
      long offset = first == null ? ends.get(partition) : first.offset();
      boolean later =
          first == null ? timeMs < System.currentTimeMillis() : first.timestamp() > timeMs;
      // Nothing that is left is older: what has been deleted may have been of that time.
      offsets.put(partition, begin > 0 && offset <= begin && later ? BEFORE_ALL : offset);
    }
    return offsets;
  }

  @SuppressWarnings("deprecation") // the connector's interface asks for Kafka's deprecated class
  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
