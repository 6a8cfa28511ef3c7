package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.settings.SettingsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaConnectionTest {
  private static KafkaConnection connection(String... keysAndValues) {
    return connectionTo("localhost:9092", keysAndValues);
  }

  private static KafkaConnection connectionTo(String brokers, String... keysAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new KafkaConnection(brokers, properties, "a", "a", DeliveryGuarantee.EXACTLY_ONCE);
  }

  @Test
  void producersTakeLargeRecordsAndWhatTheUserSaysOfThem() {
    assertThat(connection().producer())
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("compression.type", "zstd")
        .containsEntry("compression.zstd.level", "1")
        .containsEntry("max.request.size", "33554432")
        .containsEntry("buffer.memory", "67108864");
    assertThat(connection("compression.type", "lz4", "max.request.size", "9999999").producer())
        .containsEntry("compression.type", "lz4")
        .containsEntry("max.request.size", "9999999");
  }

  @Test
  void consumersWaitAMomentForMoreThanARecordUnlessTheUserSaysOtherwise() {
    assertThat(connection().consumer())
        .containsEntry("fetch.min.bytes", "65536")
        .containsEntry("fetch.max.wait.ms", "2");
    assertThat(connection("fetch.max.wait.ms", "20").consumer())
        .containsEntry("fetch.min.bytes", "65536")
        .containsEntry("fetch.max.wait.ms", "20");
  }

  @Test
  void noTransactionalIdsOfAnotherJobBeginAsThoseOfThisOne() {
    KafkaConnection longer =
        new KafkaConnection("", Map.of(), "a-b", "a-b", DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(connection().transactionalIdPrefix("sink")).isEqualTo("a-sink:");
    assertThat(longer.transactionalIdPrefix("sink")).isEqualTo("a-b-sink:");
  }

  @Test
  void passwordsAreNotWrittenAnywhere() {
    assertThat(connection("sasl.jaas.config", "secret").toString())
        .isEqualTo("localhost:9092, group a, exactly-once");
  }

  @ParameterizedTest
  @CsvSource({"earliest", "latest", "committed", "2026-08-01T00:00:00Z"})
  void startPositions(String start) {
    assertThat(StartPosition.parse("source.start", start)).isNotNull();
  }

  @Test
  void aStartPositionThatIsNoneIsNamedWithItsSetting() {
    assertThatThrownBy(() -> StartPosition.parse("source.start", "yesterday"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("source.start is 'yesterday', must be earliest, latest,");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamed() {
    String[] impatient = {"default.api.timeout.ms", "300", "request.timeout.ms", "200"};
    try (KafkaTopics topics = KafkaTopics.of(connectionTo("localhost:1", impatient))) {
      assertThatThrownBy(() -> topics.partitions("sink.alerts.topic", "alerts"))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith(
              "kafka.bootstrap-servers is 'localhost:1', must be host:port of a broker that answers (");
    }
    assertThatThrownBy(() -> KafkaTopics.of(connectionTo("no-port")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Invalid url in bootstrap.servers: no-port");
  }

  @Test
  void aTransactionThatMayBeCommittedTooLateIsNamedWithItsSettings() {
    assertThatThrownBy(
            () ->
                TransactionLife.check(
                    connection("transaction.timeout.ms", "1000"),
                    new Configuration()
                        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10)),
                    "sink.max-downtime",
                    Duration.ofMinutes(5)))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("kafka.properties.transaction.timeout.ms is '1000', must be at")
        .hasMessageEndingWith("(sink.max-downtime)");
  }
}
