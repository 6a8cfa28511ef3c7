package io.streamforge.bench.load;

import io.streamforge.marketgraph.StreamForgeOptions;
import io.streamforge.testkit.feed.RunTopics;
import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fills the topics of a run before the contestant starts, with a heartbeat to every partition each
 * 100 ms as the contract asks for. What counts lies in a transaction that is open until {@link
 * #release}: a contestant that reads what is committed warms up on the first part, stops at its
 * end, and finds all the rest at once.
 */
public final class InputTopics implements AutoCloseable {
  /** What the job has to be told of them, with the prefix of its settings. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          StreamForgeOptions.PREFIX + "kafka.properties.isolation.level",
          "read_committed",
          // Every partition has heartbeats: waiting for one that is slow is right.
          StreamForgeOptions.PREFIX + "source.idle-timeout",
          "0 s");

  private static final long HEARTBEAT_US = 100_000;

  private final RunTopics topics;
  private final KafkaProducer<byte[], byte[]> warmUp;
  private final KafkaProducer<byte[], byte[]> counted;
  private Future<RecordMetadata> last;

  public InputTopics(RunTopics topics) {
    this.topics = topics;
    Map<String, Object> properties =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            topics.bootstrapServers(),
            // A broker that does not lead a new topic yet turns a batch away; with others on their
            // way behind it the producer was seen to get OUT_OF_ORDER_SEQUENCE_NUMBER for ever.
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            "1",
            ProducerConfig.LINGER_MS_CONFIG,
            "20",
            ProducerConfig.BATCH_SIZE_CONFIG,
            String.valueOf(256 << 10),
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            String.valueOf(16 << 20));
    warmUp = producer(properties);
    Map<String, Object> transactional = new HashMap<>(properties);
    transactional.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.run());
    transactional.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "900000"); // the broker's longest
    counted = producer(transactional);
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns when Kafka has all of it. */
  public void fill(MarketInput input, long lastSampleUs) throws InterruptedException {
    KafkaProducer<byte[], byte[]> producer = warmUp;
    Iterator<RawRecord> messages = input.open();
    long heartbeatUs = Long.MIN_VALUE;
    long newestUs = Long.MIN_VALUE;
    for (int i = 0; i < input.messages(); i++) {
      RawRecord message = messages.next();
      newestUs = message.receiveTimeUs();
      if (i == 0) {
        heartbeatUs = newestUs;
      }
      for (; heartbeatUs <= newestUs; heartbeatUs += HEARTBEAT_US) {
        heartbeat(producer, heartbeatUs);
      }
      if (i == input.warmUp()) {
        heartbeat(producer, newestUs);
        flush(producer);
        producer = counted;
        producer.initTransactions();
        producer.beginTransaction();
      }
      send(producer, record(message));
    }
    heartbeat(producer, Math.max(newestUs, lastSampleUs + SampleTime.AVAILABLE_AFTER_US));
    flush(producer);
  }

  private void flush(KafkaProducer<byte[], byte[]> producer) throws InterruptedException {
    producer.flush();
    try {
      last.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka has refused a message: " + e.getCause(), e);
    }
  }

  /** Lets the contestant have what counts. */
  public void release() {
    counted.commitTransaction();
  }

  private void heartbeat(KafkaProducer<byte[], byte[]> producer, long receiveTimeUs) {
    for (String topic : topics.in()) {
      for (int partition = 0; partition < RunTopics.PARTITIONS; partition++) {
        send(producer, record(topic, partition, receiveTimeUs, null, null));
      }
    }
  }

  private ProducerRecord<byte[], byte[]> record(RawRecord message) {
    ProducerRecord<byte[], byte[]> record =
        record(
            topics.of(message.topic()),
            null,
            message.receiveTimeUs(),
            message.key(),
            message.value());
    record.headers().add(RawHeaders.VENUE, ascii(message.venue()));
    return record;
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, Integer partition, long receiveTimeUs, byte[] key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, receiveTimeUs / 1000, key, value);
    record.headers().add(RawHeaders.RECEIVE_TIME, ascii(Long.toString(receiveTimeUs)));
    return record;
  }

  private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    last = producer.send(record);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    warmUp.close();
    counted.close();
  }
}
