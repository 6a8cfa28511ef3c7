package io.streamforge.topic;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the topics that the job reads, as whoever owns a venue's feed does: the venue's messages,
 * keyed by symbol, and heartbeats between them. A send does not wait for Kafka; {@link #flush}
 * does.
 */
public final class RawTopicWriter implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;

  /** By topic. */
  private final Map<String, Integer> partitions = new TreeMap<>();

  private volatile Exception failure;

  /**
   * @param producer closed with this
   * @param topics those that exist, and are written here
   */
  public RawTopicWriter(Producer<byte[], byte[]> producer, Collection<String> topics) {
    this.producer = producer;
    topics.forEach(topic -> partitions.put(topic, producer.partitionsFor(topic).size()));
  }

  /**
   * A writer with a producer of its own, for whole recordings.
   *
   * @param kafka what else Kafka's client is to know: a login for one
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer, or lacks a topic
   */
  public static RawTopicWriter connect(
      String bootstrapServers, Properties kafka, Collection<String> topics) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // Snapshots of deep books are larger than the usual megabyte.
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(16 << 20));
    properties.putAll(kafka);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      return new RawTopicWriter(producer, topics);
    } catch (RuntimeException e) {
      producer.close();
      throw e;
    }
  }

  /**
   * Sends a message to the partition of its key.
   *
   * @param key the symbol, null for none
   * @param venue null for none
   * @param receiveTimeUs microseconds since the epoch
   * @param value the venue's message, verbatim
   * @throws IllegalArgumentException if the topic is none of these
   */
  public void send(String topic, byte[] key, String venue, long receiveTimeUs, byte[] value) {
    send(
        topic,
        key,
        value,
        receiveTimeUs,
        venue == null ? Map.of() : Map.of(RawHeaders.VENUE, venue));
  }

  /**
   * Says that a session of a book's feed has ended: the book is not to be trusted until a snapshot.
   *
   * @param key the symbol
   * @param connection the session, as its messages named it; null for none
   * @param timeUs microseconds since the epoch
   * @throws IllegalArgumentException if the topic is none of these
   */
  public void disconnected(String topic, byte[] key, String venue, String connection, long timeUs) {
    Map<String, String> headers = new TreeMap<>();
    headers.put(RawHeaders.VENUE, venue);
    headers.put(RawHeaders.EVENT, RawRecord.DISCONNECTED);
    if (connection != null) {
      headers.put(RawHeaders.CONNECTION, connection);
    }
    send(topic, key, null, timeUs, headers);
  }

  /**
   * Sends a record to the partition of its key.
   *
   * @param key the symbol, null for none
   * @param value the venue's message, verbatim; null where a header says what happened
   * @param receiveTimeUs microseconds since the epoch
   * @param headers all but that of the receive time, by name
   * @throws IllegalArgumentException if the topic is none of these
   */
  public void send(
      String topic, byte[] key, byte[] value, long receiveTimeUs, Map<String, String> headers) {
    send(topic, key, value, receiveTimeUs, headers, this::keepFailure);
  }

  /**
   * Likewise, for whom a refusal is the book's alone.
   *
   * @param done told by a thread of the producer when Kafka has the record, or refuses it
   * @throws IllegalArgumentException if the topic is none of these
   */
  public void send(
      String topic,
      byte[] key,
      byte[] value,
      long receiveTimeUs,
      Map<String, String> headers,
      Callback done) {
    if (!partitions.containsKey(topic)) {
      throw new IllegalArgumentException(
          "there is a message of topic '%s', the job reads %s"
              .formatted(topic, partitions.keySet()));
    }
    ProducerRecord<byte[], byte[]> record = record(topic, null, receiveTimeUs, key, value);
    headers.forEach((name, text) -> record.headers().add(name, utf8(text)));
    send(record, done);
  }

  /** Whether any topic has more than one partition. */
  public boolean hasSeveralPartitions() {
    return partitions.values().stream().anyMatch(count -> count > 1);
  }

  /** The partition of a topic that a key's messages go to. */
  public int partitionOf(String topic, byte[] key) {
    int count = partitions.getOrDefault(topic, 1);
    return key == null ? 0 : BuiltInPartitioner.partitionForKey(key, count);
  }

  /** Says of every partition of every topic that all has been sent that was received by then. */
  public void heartbeat(long receiveTimeUs) {
    partitions.forEach(
        (topic, count) -> {
          for (int partition = 0; partition < count; partition++) {
            heartbeat(topic, partition, receiveTimeUs);
          }
        });
  }

  /** Says it of one partition. */
  public void heartbeat(String topic, int partition, long receiveTimeUs) {
    heartbeat(topic, partition, receiveTimeUs, this::keepFailure);
  }

  /** Likewise, for whom Kafka's refusal is no end. */
  public void heartbeat(String topic, int partition, long receiveTimeUs, Callback done) {
    send(record(topic, partition, receiveTimeUs, null, null), done);
  }

  /** How many partitions each topic has. */
  public Map<String, Integer> partitions() {
    return partitions;
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, Integer partition, long receiveTimeUs, byte[] key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, Math.floorDiv(receiveTimeUs, 1000L), key, value);
    record.headers().add(RawHeaders.RECEIVE_TIME, utf8(Long.toString(receiveTimeUs)));
    return record;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
  private void send(ProducerRecord<byte[], byte[]> record, Callback done) {
    producer.send(record, done);
  }

  private void keepFailure(RecordMetadata metadata, Exception e) {
    if (e != null) {
      failure = e;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns when Kafka has all of it.
   *
   * @throws IllegalStateException if Kafka has refused any
   */
  public void flush() {
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
