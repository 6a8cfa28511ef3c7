package io.streamforge.bench.load;

import io.streamforge.settings.SettingKey;
import io.streamforge.testkit.feed.RunTopics;
import io.streamforge.topic.RawRecord;
import io.streamforge.topic.RawTopicWriter;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
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
          SettingKey.PREFIX + "kafka.properties.isolation.level",
          "read_committed",
          // Every partition has heartbeats: waiting for one that is slow is right.
          SettingKey.PREFIX + "source.max-behind",
          "0 s");

  private static final long HEARTBEAT_US = 100_000;

  private final RunTopics topics;
  private final KafkaProducer<byte[], byte[]> transaction;
  private final RawTopicWriter warmUp;
  private final RawTopicWriter counted;

  public InputTopics(RunTopics topics) {
    this.topics = topics;
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, topics.bootstrapServers());
    // A broker that does not lead a new topic yet turns a batch away; with others on their
    // way behind it the producer was seen to get OUT_OF_ORDER_SEQUENCE_NUMBER for ever.
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(256 << 10));
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(16 << 20));
    warmUp = new RawTopicWriter(producer(properties), topics.in());
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.run());
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "900000"); // the broker's longest
    transaction = producer(properties);
    counted = new RawTopicWriter(transaction, topics.in());
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns when Kafka has all of it. */
  public void fill(MarketInput input, long lastSampleUs) {
    RawTopicWriter writer = warmUp;
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
        writer.heartbeat(heartbeatUs);
      }
      if (i == input.warmUp()) {
        writer.heartbeat(newestUs);
        writer.flush();
        writer = counted;
        transaction.initTransactions();
        transaction.beginTransaction();
      }
      send(writer, message);
    }
    writer.heartbeat(Math.max(newestUs, lastSampleUs + SampleTime.AVAILABLE_AFTER_US));
    writer.flush();
  }

  /** Lets the contestant have what counts. */
  public void release() {
    transaction.commitTransaction();
  }

  private void send(RawTopicWriter writer, RawRecord message) {
    writer.send(
        topics.of(message.topic()),
        message.key(),
        message.venue(),
        message.receiveTimeUs(),
        message.value());
  }

  @Override
  public void close() {
    warmUp.close();
    counted.close();
  }
}
