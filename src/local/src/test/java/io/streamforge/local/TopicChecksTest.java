package io.streamforge.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.job.MarketGraphJob;
import io.streamforge.job.Settings;
import io.streamforge.job.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
              "1000000000");
      assertThatThrownBy(() -> define(new Settings(large)))
          .isInstanceOf(SettingsException.class)
          .hasMessageMatching(
              "graph.max-nodes is '20000', must be at most \\d+: a graph of more may have \\d+ bytes,"
                  + " and max.message.bytes of topic graph-features is 16777216");
    }
  }

  private static void define(Settings settings) {
    MarketGraphJob.define(new StreamExecutionEnvironment(), settings);
  }
}
