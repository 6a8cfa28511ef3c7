package io.streamforge.cli.topics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics, as one more consumer of the products that they are: from their beginning, unless
 * told to start later. It belongs to no group and commits nothing.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Properties connection;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param kafka what else Kafka's client is to know: security for one
   * @throws IllegalArgumentException if there is no such topic
   */
  public TopicReader(String bootstrapServers, Properties kafka, List<String> topics) {
    connection = new Properties();
    connection.putAll(kafka);
    connection.putAll(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000",
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000"));
    Properties properties = new Properties();
    properties.putAll(connection);
    properties.putAll(
        Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100"));
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      List<TopicPartition> partitions =
          topics.stream().flatMap(topic -> partitions(topic).stream()).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions.isEmpty()) {
      throw new IllegalArgumentException("there is no topic " + topic);
    }
    return partitions.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
  }

  /** Starts a topic so long before its newest record; an empty one from its beginning. */
  public void startBeforeNewest(String topic, Duration history) throws InterruptedException {
    List<TopicPartition> partitions = partitions(topic);
    long newestMs = newestMs(partitions);
    if (newestMs >= 0) {
      startAt(partitions, newestMs - history.toMillis());
    }
  }

  /**
   * Starts every topic at a time; where that is after all records, at the newest there is.
   *
   * @param time compared with the records' timestamps, which are the samples that they stand for
   */
  public void startAt(Instant time) throws InterruptedException {
    List<TopicPartition> partitions = List.copyOf(consumer.assignment());
    startAt(partitions, Math.max(0, Math.min(time.toEpochMilli(), newestMs(partitions))));
  }

  private void startAt(List<TopicPartition> partitions, long timeMs) {
    Map<TopicPartition, Long> times =
        partitions.stream().collect(Collectors.toMap(Function.identity(), p -> timeMs));
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      if (found.getValue() == null) {
        consumer.seekToEnd(List.of(found.getKey()));
      } else {
        consumer.seek(found.getKey(), found.getValue().offset());
      }
    }
  }

  private long newestMs(List<TopicPartition> partitions) throws InterruptedException {
    try (Admin admin = Admin.create(connection)) {
      return admin
          .listOffsets(
              partitions.stream()
                  .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.maxTimestamp())))
          .all()
          .get()
          .values()
          .stream()
          .mapToLong(ListOffsetsResultInfo::timestamp)
          .max()
          .orElse(-1);
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause().getMessage(), e.getCause());
    }
  }

  /** Hands over what has come since the last call, after waiting a moment for it. */
  public void poll(Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    consumer.poll(POLL).forEach(receiver);
  }

  /** The partitions of which more is there to be read. */
  public List<TopicPartition> behind() {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .filter(end -> consumer.position(end.getKey()) < end.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether Kafka answers within a time. */
  public boolean answers(Duration patience) {
    try {
      consumer.endOffsets(consumer.assignment(), patience);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
