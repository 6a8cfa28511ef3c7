package io.streamforge.bench.throughput;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what a contestant puts out as it comes. A record that is sent again counts once, as a
 * consumer of an at-least-once topic takes it.
 */
final class OutputTopics implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long PATIENCE_NS = Duration.ofMinutes(2).toNanos();

  private final RunTopics topics;
  private final boolean core;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<Long> symbolsSeen = new HashSet<>();
  private final Set<Long> graphsSeen = new HashSet<>();
  private Answer answer = Answer.NOTHING;
  private long heardNs;

  /**
   * @param core what is judged: the core's fields, else the records' bytes
   */
  OutputTopics(RunTopics topics, boolean core) {
    this.topics = topics;
    this.core = core;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topics.bootstrapServers(),
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                32 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(new TopicPartition(topics.symbols(), 0), new TopicPartition(topics.graphs(), 0));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Reads until there are as many records as are expected.
   *
   * @return what has come; fewer records if none came for two minutes
   */
  Answer await(long symbols, long graphs) {
    heardNs = System.nanoTime();
    while ((answer.symbols() < symbols || answer.graphs() < graphs)
        && System.nanoTime() - heardNs < PATIENCE_NS) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        receive(record);
        heardNs = System.nanoTime();
      }
    }
    return answer;
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    long identity = RecordHash.ofIdentity(record.key(), record.timestamp());
    if (record.topic().equals(topics.graphs())) {
      if (graphsSeen.add(identity)) {
        answer = answer.plusGraph(RecordHash.of(record.key(), record.value(), record.timestamp()));
      }
    } else if (symbolsSeen.add(identity)) {
      answer =
          answer.plusSymbol(
              core
                  ? RecordHash.ofCore(record.value(), "")
                  : RecordHash.of(record.key(), record.value(), record.timestamp()));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
