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

/** A job whose topics are not all there does not start, and names the first that is missing. */
class MissingTopicTest {
  @TempDir Path folder;

  @Test
  void isNamedBeforeTheJobStarts() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      Settings settings =
          new Settings(Map.of("kafka.bootstrap-servers", broker.bootstrapServers()));
      for (String topic :
          List.of(
              "symbol-features",
              "graph-features",
              "book-resync",
              "dead-letters",
              "raw-orderbooks",
              "raw-trades")) {
        assertThatThrownBy(() -> define(settings))
            .isInstanceOf(SettingsException.class)
            .hasMessageContaining(
                "is '" + topic + "', must be a topic that exists at " + broker.bootstrapServers());
        broker.createTopic(topic, 1);
      }
      assertThatCode(() -> define(settings)).doesNotThrowAnyException();
    }
  }

  private static void define(Settings settings) {
    MarketGraphJob.define(new StreamExecutionEnvironment(), settings);
  }
}
