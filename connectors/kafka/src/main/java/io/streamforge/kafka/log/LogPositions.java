package io.streamforge.kafka.log;

import io.streamforge.kafka.log.LostPartition.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator.PartitionOffsetsRetrieverImpl;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Whether Kafka still has what a reader has to read next, asked when it is given partitions. */
final class LogPositions {
  private final Properties client;
  private final String group;
  private final String topic;
  private final StartOffsets start;
  private final boolean skips;

  /**
   * @param client how the broker is reached
   * @param group whose committed offsets may say where to begin
   * @param topic that is read
   * @param start where a job without state begins
   * @param skips whether the reader goes on behind what is lost
   */
  LogPositions(Properties client, String group, String topic, StartOffsets start, boolean skips) {
    this.client = client;
    this.group = group;
    this.topic = topic;
    this.start = start;
    this.skips = skips;
  }

  /**
   * What of the partitions can be read.
   *
   * @param readable where to read on; what a job that skips reads behind a loss is in it
   * @param lost as they were given: those that have lost records
   * @param partitions what they have lost
   */
  record Found(
      List<KafkaPartitionSplit> readable,
      List<KafkaPartitionSplit> lost,
      List<LostPartition> partitions) {
    private void lose(KafkaPartitionSplit split, Cause cause, long records, long firstMs) {
      lost.add(split);
      partitions.add(
          new LostPartition(
              split.getTopic(),
              split.getPartition(),
              cause,
              split.getStartingOffset(),
              records,
              firstMs));
    }
  }

  /** Asks the broker; what it does not answer fails the reader. */
  Found find(Collection<KafkaPartitionSplit> splits) {
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<KafkaPartitionSplit> own = new ArrayList<>();
    for (KafkaPartitionSplit split : splits) {
      if (split.getTopic().equals(topic)) {
        own.add(split);
      } else {
        found.lose(split, Cause.OTHER_TOPIC, 0, LostPartition.NONE_LEFT);
      }
    }
    if (!own.isEmpty()) {
      try (AdminClient admin = AdminClient.create(client)) {
        find(own, new PartitionOffsetsRetrieverImpl(admin, group), found);
      }
    }
    return found;
  }

  private void find(List<KafkaPartitionSplit> splits, PartitionOffsetsRetriever log, Found found) {
    List<TopicPartition> partitions =
        splits.stream().map(KafkaPartitionSplit::getTopicPartition).toList();
    Map<TopicPartition, Long> begins = log.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = log.endOffsets(partitions);
    Collection<TopicPartition> others =
        LastRecords.others(
            client,
            splits.stream()
                .filter(split -> split.getStartingOffset() > begins.get(split.getTopicPartition()))
                .filter(split -> split.getStartingOffset() <= ends.get(split.getTopicPartition()))
                .toList());
    for (KafkaPartitionSplit split : splits) {
      TopicPartition partition = split.getTopicPartition();
      long begin = begins.get(partition);
      long end = ends.get(partition);
      long position = position(split, begin, log);
      if (position < begin) {
        boolean unknown = start.isTime() && position == StartOffsets.BEFORE_ALL;
        long records = unknown ? 0 : begin - position;
        found.lose(split, Cause.DELETED, records, firstMs(partition, log));
        addBehind(split, begin, found);
      } else if (position > end || others.contains(partition)) {
        found.lose(split, Cause.OTHER_LOG, 0, firstMs(partition, log));
        // A time says where to go on; what else would be read again is of the past.
        addBehind(split, start.isTime() ? Math.max(begin, begin(partition, log)) : end, found);
      } else {
        found.readable.add(at(split, position));
      }
    }
  }

  private void addBehind(KafkaPartitionSplit split, long position, Found found) {
    if (skips) {
      found.readable.add(at(split, position));
    }
  }

  private static KafkaPartitionSplit at(KafkaPartitionSplit split, long position) {
    return position == split.getStartingOffset()
        ? split
        : new KafkaPartitionSplit(split.getTopicPartition(), position);
  }

  /** An offset, so that what is deleted before the first record is read is missed, too. */
  private long position(KafkaPartitionSplit split, long begin, PartitionOffsetsRetriever log) {
    long offset = split.getStartingOffset();
    if (offset >= 0) {
      return offset;
    }
    return offset == KafkaPartitionSplit.EARLIEST_OFFSET
        ? begin
        : begin(split.getTopicPartition(), log);
  }

  private long begin(TopicPartition partition, PartitionOffsetsRetriever log) {
    return start.getPartitionOffsets(List.of(partition), log).get(partition);
  }

  private static long firstMs(TopicPartition partition, PartitionOffsetsRetriever log) {
    Map<TopicPartition, Long> firsts = firstsMs(List.of(partition), log);
    return firsts.getOrDefault(partition, LostPartition.NONE_LEFT);
  }

  /** Kafka's timestamps of the first records; nothing of a partition without one. */
  static Map<TopicPartition, Long> firstsMs(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever log) {
    Map<TopicPartition, OffsetAndTimestamp> firsts =
        log.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(partition -> partition, p -> 0L)));
    return firsts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, first -> first.getValue().timestamp()));
  }
}
