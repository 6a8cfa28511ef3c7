package io.streamforge.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.Main;
import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.marketgraph.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who writes the timestamps of the topics in. */
class RawTopicsTest {
  @TempDir Path folder;

  private LocalBroker broker;
  private String errors;

  @BeforeEach
  void start() throws Exception {
    broker = LocalBroker.start(folder);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  private int run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    all.addAll(List.of(arguments));
    StringWriter said = new StringWriter();
    int status =
        Main.commandLine().setErr(new PrintWriter(said)).execute(all.toArray(new String[0]));
    errors = said.toString();
    return status;
  }

  private List<String> writers(List<String> topics) throws Exception {
    List<String> writers = new ArrayList<>();
    for (String topic : topics) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      writers.add(
          broker
              .admin()
              .describeConfigs(List.of(resource))
              .all()
              .get()
              .get(resource)
              .entries()
              .stream()
              .filter(entry -> entry.name().equals("message.timestamp.type"))
              .findFirst()
              .orElseThrow()
              .value());
    }
    return writers;
  }

  @Test
  void theBrokerDoesUnlessRecordingsAreToBePlayed() throws Exception {
    assertThat(run("topics", "--partitions", "1")).isZero();
    assertThat(
            writers(
                Topics.all(
                    new Settings(Map.of("kafka.bootstrap-servers", broker.bootstrapServers())))))
        .containsExactly(
            "LogAppendTime",
            "LogAppendTime",
            "CreateTime",
            "CreateTime",
            "CreateTime",
            "CreateTime");
    String recording =
        Path.of("..", "..", "recordings", "made-market-data-event-2.jsonl.gz").toString();
    assertThat(run("feed", "--recording", recording)).isNotZero();
    assertThat(errors.lines()).hasSize(1);
    assertThat(errors)
        .contains("message.timestamp.type of topic raw-orderbooks is LogAppendTime, must be")
        .contains("topics --for-replay");

    String[] others = {
      "--set", "source.orderbooks.topic=old-orderbooks", "--set", "source.trades.topic=old-trades"
    };
    List<String> made = new ArrayList<>(List.of("--partitions", "1", "--for-replay"));
    made.addAll(List.of(others));
    assertThat(run("topics", made.toArray(new String[0]))).isZero();
    assertThat(writers(List.of("old-orderbooks", "old-trades")))
        .containsExactly("CreateTime", "CreateTime");
  }
}
