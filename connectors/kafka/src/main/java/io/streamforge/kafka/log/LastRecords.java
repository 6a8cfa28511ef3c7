package io.streamforge.kafka.log;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The records of a log that a state says it has read last. */
final class LastRecords {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private LastRecords() {}

  /**
   * Which partitions have another record before their position than their state has read. One of
   * which nothing is noted, or whose record is no longer there, is taken for the same.
   *
   * @param client how the broker is reached
   * @throws TimeoutException if the broker does not give the records
   */
  static Collection<TopicPartition> others(
      Properties client, Collection<KafkaPartitionSplit> splits) {
    Map<TopicPartition, LogSplit> told = new HashMap<>();
    for (KafkaPartitionSplit split : splits) {
      if (split instanceof LogSplit own && own.getStartingOffset() > 0) {
        told.put(own.getTopicPartition(), own);
      }
    }
    if (told.isEmpty()) {
      return List.of();
    }
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "1"); // a batch, all the same
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Map<TopicPartition, Long> found = timestamps(consumer, told);
      return told.keySet().stream()
          .filter(found::containsKey)
          .filter(partition -> found.get(partition) != told.get(partition).lastMs())
          .collect(Collectors.toSet());
    }
  }

  private static Map<TopicPartition, Long> timestamps(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, LogSplit> told) {
    consumer.assign(told.keySet());
    told.forEach((partition, split) -> consumer.seek(partition, split.getStartingOffset() - 1));
    Map<TopicPartition, Long> found = new HashMap<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!consumer.paused().containsAll(told.keySet())) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("Kafka does not give the last records read of " + told.keySet());
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() == told.get(partition).getStartingOffset() - 1) {
          found.put(partition, record.timestamp());
        }
      }
      consumer.pause(
          told.values().stream()
              .filter(
                  split ->
                      consumer.position(split.getTopicPartition()) >= split.getStartingOffset())
              .map(KafkaPartitionSplit::getTopicPartition)
              .toList());
    }
    return found;
  }
}
