package io.streamforge.kafka;

import io.streamforge.settings.SettingsException;
import java.io.Serializable;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How a job reaches Kafka: where, as whom, and with what guarantee. Sources, sinks and the checks
 * before a start are made of it.
 *
 * @param bootstrapServers host:port of brokers, comma-separated
 * @param properties what the user says to Kafka's clients
 * @param group consumer group of the job's sources
 * @param transactions what the job's transactional ids begin with; no other job's may
 * @param guarantee of the job's sinks
 */
public record KafkaConnection(
    String bootstrapServers,
    Map<String, String> properties,
    String group,
    String transactions,
    DeliveryGuarantee guarantee)
    implements Serializable {

  /** Setting of {@link #bootstrapServers}, which messages name. */
  public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap-servers";

  /** Setting of {@link #guarantee}, which messages name. */
  public static final String DELIVERY_GUARANTEE = "sink.delivery-guarantee";

  /** What the settings of {@link #properties} begin with. */
  public static final String PROPERTIES = "kafka.properties.";

  private static final int MAX_RECORD_BYTES = 32 << 20;
  private static final int BATCH_BYTES = 256 << 10;

  public KafkaConnection {
    properties = Map.copyOf(properties);
  }

  /** What the user says of Kafka, and where it is. */
  public Properties client() {
    Properties client = new Properties();
    client.putAll(properties);
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return client;
  }

  /** The same, and what suits consumers of raw messages where nothing is said. */
  public Properties consumer() {
    Properties consumer = client();
    // Kafka's own is to be answered as soon as there is a record. In a busy market that is a
    // request for each few; measured at 4 000 messages a second, these take 0.65 of the job's CPU
    // and 0.75 of the broker's, and graphs come no later.
    consumer.putIfAbsent(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, String.valueOf(64 << 10));
    consumer.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "2");
    return consumer;
  }

  /** The same, and what suits producers of large records where nothing is said. */
  public Properties producer() {
    Properties producer = client();
    // Measured: 26 to 39 % of the bytes are left, where lz4 and snappy leave 43 to 63 %. Level 1
    // takes 60 to 75 % of the default level's CPU, for 2 to 10 % more bytes.
    producer.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    producer.putIfAbsent(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, "1");
    // A sample of many symbols comes at once; Kafka's own 16 kB is eight records of them.
    producer.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(BATCH_BYTES));
    // A graph of 10 000 symbols is one record of 14 MB before compression. The producer fails on
    // one beyond this, and so does the job.
    producer.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(MAX_RECORD_BYTES));
    producer.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(2 * MAX_RECORD_BYTES));
    // The connector's own default, an hour, is more than a broker allows.
    producer.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "900000");
    return producer;
  }

  /**
   * A property of the producer that is a number of bytes.
   *
   * @throws SettingsException if it is none
   */
  public long producerBytes(String name) {
    String bytes = producer().getProperty(name);
    try {
      return Long.parseLong(bytes);
    } catch (NumberFormatException e) {
      throw SettingsException.of(PROPERTIES + name, bytes, "a whole number of bytes");
    }
  }

  /** Whether the job's sinks write in transactions. */
  public boolean isTransactional() {
    return guarantee == DeliveryGuarantee.EXACTLY_ONCE;
  }

  /**
   * What the transactional ids of one sink begin with. It ends in a colon, because a sink aborts
   * all transactions whose ids begin so: those of job {@code a} must not include those of {@code
   * a-b}.
   */
  public String transactionalIdPrefix(String sinkUid) {
    return transactions + "-" + sinkUid + ":";
  }

  /** Without the properties, which may hold a password. */
  @Override
  public String toString() {
    return "%s, group %s, %s".formatted(bootstrapServers, group, guarantee);
  }
}
