package io.streamforge.cli.recording;

import io.streamforge.topic.RawHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the topics that the job reads, as whoever owns a venue's feed does: messages, and
 * heartbeats in between.
 */
public final class RawTopics implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Integer> partitions;
  private volatile Exception failure;

  public RawTopics(String bootstrapServers, List<String> topics) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG,
            "5",
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            String.valueOf(16 << 20)));
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    partitions =
        topics.stream()
            .collect(Collectors.toMap(Function.identity(), t -> producer.partitionsFor(t).size()));
  }

  /**
   * Sends a message.
   *
   * @throws IllegalArgumentException if its topic is none of these
   */
  void send(RecordedMessage message) {
    if (!partitions.containsKey(message.topic())) {
      throw new IllegalArgumentException(
          "the recording has a message of topic '%s', the job reads %s"
              .formatted(message.topic(), new TreeSet<>(partitions.keySet())));
    }
    ProducerRecord<byte[], byte[]> record =
        record(message.topic(), null, message.receiveTimeUs(), message.key(), message.value());
    if (message.venue() != null) {
      record.headers().add(RawHeaders.VENUE, utf8(message.venue()));
    }
    send(record);
  }

  /** Says on every partition that all until then has been sent. */
  void heartbeat(long receiveTimeUs) {
    partitions.forEach(
        (topic, count) -> {
          for (int partition = 0; partition < count; partition++) {
            send(record(topic, partition, receiveTimeUs, null, null));
          }
        });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (metadata, e) -> {
          if (e != null) {
            failure = e;
          }
        });
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, Integer partition, long receiveTimeUs, String key, String value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            partition,
            receiveTimeUs / 1000,
            key == null ? null : utf8(key),
            value == null ? null : utf8(value));
    Headers headers = record.headers();
    headers.add(RawHeaders.RECEIVE_TIME, utf8(Long.toString(receiveTimeUs)));
    return record;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns when Kafka has all of it.
   *
   * @throws IllegalStateException if it has refused any
   */
  void flush() {
    producer.flush();
    if (failure != null) {
      throw new IllegalStateException("Kafka has refused a message: " + failure, failure);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
