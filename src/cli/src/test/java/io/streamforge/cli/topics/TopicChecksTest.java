package io.streamforge.cli.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.cli.cluster.ClusterConfiguration;
import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.DeadLetterRecord;
import io.streamforge.settings.SettingsException;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job whose topics are not all there, or too small for its records, does not start. */
class TopicChecksTest {
  private static final List<String> TOPICS =
      List.of(
          "symbol-features",
          "graph-features",
          "book-resync",
          "dead-letters",
          "raw-orderbooks",
          "raw-trades");

  @TempDir Path folder;

  @Test
  void isNamedBeforeTheJobStarts() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      Settings settings =
          new Settings(Map.of("kafka.bootstrap-servers", broker.bootstrapServers()));
      for (String topic : TOPICS) {
        assertThatThrownBy(() -> define(settings))
            .isInstanceOf(SettingsException.class)
            .hasMessageContaining(
                "is '" + topic + "', must be a topic that exists at " + broker.bootstrapServers());
        broker.createTopic(topic, 1);
      }
      assertThatCode(() -> define(settings)).doesNotThrowAnyException();
    }
  }

  @Test
  void allThatIsWrongWithTheTopicsIsSaidAtOnce() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      for (String topic : TOPICS) {
        if (!topic.equals("book-resync")) {
          broker.createTopic(topic, 1);
        }
      }
      set(broker, "symbol-features", TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete");
      set(broker, "dead-letters", TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "500000");
      Settings settings =
          new Settings(Map.of("kafka.bootstrap-servers", broker.bootstrapServers()));
      assertThatThrownBy(() -> define(settings))
          .isInstanceOf(SettingsException.class)
          .hasMessageContainingAll(
              "sink.symbol-features.topic is 'symbol-features', must be a topic with cleanup.policy=delete"
                  + " (it is compact,delete, and keeps of each key the newest record alone)",
              "sink.book-resync.topic is 'book-resync', must be a topic that exists at ",
              "sink.dead-letters.topic is 'dead-letters', must be a topic with max.message.bytes of at"
                  + " least 532480, which its largest record may have (it is 500000)")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "graph-features"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"symbol-features", "book-resync", "dead-letters", "graph-features"})
  void aTopicOutThatTakesTooLittleIsNamedBeforeTheJobStarts(String small) throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      for (String topic : TOPICS) {
        broker.createTopic(topic, 1);
      }
      set(broker, small, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1000");
      Settings settings =
          new Settings(Map.of("kafka.bootstrap-servers", broker.bootstrapServers()));
      assertThatThrownBy(() -> define(settings))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("max.message.bytes")
          .hasMessageContaining(small)
          .hasMessageContaining("1000");
    }
  }

  @Test
  void aProducerWithTooLittleMemoryIsNamedBeforeTheJobStarts() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      for (String topic : TOPICS) {
        broker.createTopic(topic, 1);
      }
      Settings settings =
          new Settings(
              Map.of(
                  "kafka.bootstrap-servers",
                  broker.bootstrapServers(),
                  "kafka.properties.buffer.memory",
                  "500000"));
      assertThatThrownBy(() -> define(settings))
          .isInstanceOf(SettingsException.class)
          .hasMessageContainingAll(
              "kafka.properties.buffer.memory is '500000', must be at least 532480, which the largest"
                  + " record of topic dead-letters may have",
              "graph.max-nodes is '500', must be at most ");
    }
  }

  /** Of bytes that no compression makes fewer, and with everything else as long as it may be. */
  @Test
  void theLargestDeadLetterFitsTheTopicThatIsJustLargeEnough() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      broker.createTopic("dead-letters", 1);
      set(
          broker,
          "dead-letters",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          Integer.toString(DeadLetterRecord.MAX_BYTES));
      byte[] noise = new byte[20 << 20];
      new Random(7).nextBytes(noise);
      OutputRecord letter =
          DeadLetterRecord.of(
              new RawRecord(
                  "t".repeat(249),
                  Integer.MAX_VALUE,
                  Long.MAX_VALUE,
                  Arrays.copyOf(noise, 1 << 20),
                  noise,
                  "€".repeat(10_000),
                  Long.MAX_VALUE),
              "€".repeat(10_000));
      assertThat(letter.sizeInLog()).isLessThan(DeadLetterRecord.MAX_BYTES);
      Settings settings =
          new Settings(Map.of("kafka.bootstrap-servers", broker.bootstrapServers()));
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              settings.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>("dead-letters", letter.key(), letter.value());
        letter.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        assertThat(producer.send(record).get().offset()).isZero();
      }
    }
  }

  private static void set(LocalBroker broker, String topic, String key, String value)
      throws Exception {
    AlterConfigOp change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    broker
        .admin()
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
        .all()
        .get();
  }

  @Test
  void aTopicThatWouldNotTakeALargeGraphIsNamedBeforeTheJobStarts() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      for (String topic : TOPICS) {
        broker.createTopic(topic, 1);
      }
      Map<String, String> large =
          Map.of(
              "kafka.bootstrap-servers",
              broker.bootstrapServers(),
              "graph.max-nodes",
              "20000",
              "kafka.properties.max.request.size",
              "1000000000",
              "kafka.properties.buffer.memory",
              "1000000000");
      assertThatThrownBy(() -> define(new Settings(large)))
          .isInstanceOf(SettingsException.class)
          .hasMessageMatching(
              "graph.max-nodes is '20000', must be at most \\d+: a graph of more may have \\d+ bytes,"
                  + " and max.message.bytes of topic graph-features is 16777216");
    }
  }

  /** Kafka aborts a transaction that is older than its timeout, and what was in it is lost. */
  @Test
  void aTransactionThatMayBeCommittedTooLateIsNamedBeforeTheJobStarts() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      for (String topic : TOPICS) {
        broker.createTopic(topic, 1);
      }
      Configuration flink =
          new Configuration()
              .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10))
              .set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(60))
              .set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofSeconds(5))
              .set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 2);
      // 65 s to the next, three times, and 60 s for the last of them; and 10 minutes down.
      Map<String, String> settings = new HashMap<>();
      settings.put("kafka.bootstrap-servers", broker.bootstrapServers());
      settings.put("sink.delivery-guarantee", "exactly-once");
      settings.put("sink.max-downtime", "10 min");
      settings.put("kafka.properties.transaction.timeout.ms", "855000");
      assertThatCode(() -> define(flink, new Settings(settings))).doesNotThrowAnyException();
      settings.put("kafka.properties.transaction.timeout.ms", "854999");
      assertThatThrownBy(() -> define(flink, new Settings(settings)))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith(
              "kafka.properties.transaction.timeout.ms is '854999', must be at least 855000, and")
          .hasMessageContaining("open for 255 s, and the job down for 600 s (sink.max-downtime)");
      settings.put("kafka.properties.transaction.timeout.ms", "900001");
      assertThatThrownBy(() -> define(flink, new Settings(settings)))
          .isInstanceOf(SettingsException.class)
          .hasMessage(
              "kafka.properties.transaction.timeout.ms is '900001', must be at most 900000, which is"
                  + " transaction.max.timeout.ms of the broker");
      settings.put("sink.delivery-guarantee", "at-least-once");
      assertThatCode(() -> define(flink, new Settings(settings))).doesNotThrowAnyException();
    }
  }

  /** Neither Flink's defaults, which the job changes where nothing is said, nor flink-conf. */
  @Test
  void exactlyOnceIsOneSettingAway() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      for (String topic : TOPICS) {
        broker.createTopic(topic, 1);
      }
      Settings settings =
          new Settings(
              Map.of(
                  "kafka.bootstrap-servers",
                  broker.bootstrapServers(),
                  "sink.delivery-guarantee",
                  "exactly-once"));
      assertThatCode(() -> define(settings)).doesNotThrowAnyException();
      Configuration flinkConf =
          ClusterConfiguration.read(
              folder, Path.of("..", "..", "flink-conf"), List.of("config.yaml"));
      assertThatCode(() -> define(flinkConf, settings)).doesNotThrowAnyException();
    }
  }

  private static void define(Settings settings) {
    define(new Configuration(), settings);
  }

  private static void define(Configuration flink, Settings settings) {
    MarketGraphJob.define(new StreamExecutionEnvironment(flink), settings);
  }
}
