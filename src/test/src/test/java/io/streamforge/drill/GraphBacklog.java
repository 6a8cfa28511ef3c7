package io.streamforge.drill;

import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.testkit.feed.RunTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a consumer of the graphs catches up with that was off for a while.
 *
 * @param graphs that it read and parsed
 * @param bytes of their JSON
 * @param seconds that it took, from its start
 */
record GraphBacklog(long graphs, long bytes, double seconds) {

  /** Reads the graphs from a time to the end of the topic. */
  static GraphBacklog read(RunTopics topics, long fromMs) throws IOException {
    long beganNs = System.nanoTime();
    long graphs = 0;
    long bytes = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topics.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                32 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topics.graphs(), 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      consumer.seek(
          partition, consumer.offsetsForTimes(Map.of(partition, fromMs)).get(partition).offset());
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          if (!GraphFeaturesRecord.read(record.value()).nodeIds().isEmpty()) {
            graphs++;
            bytes += record.value().length;
          }
        }
      }
    }
    return new GraphBacklog(graphs, bytes, (System.nanoTime() - beganNs) / 1e9);
  }
}
