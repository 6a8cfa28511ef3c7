package io.streamforge.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.cli.Main;
import io.streamforge.cli.cluster.LocalBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no Kafka answers, or not as it should, every command says so in one line. */
class BrokerCheckTest {
  private static final String NOBODY = "localhost:1";
  private static final String LINE =
      "streamforge: no Kafka answers at localhost:1 within 5 s (Connection refused):"
          + " is it running, and is --bootstrap-servers right?";

  @TempDir Path folder;

  private String refused(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, "--bootstrap-servers", NOBODY));
    all.addAll(List.of(arguments));
    StringWriter errors = new StringWriter();
    int status =
        Main.commandLine().setErr(new PrintWriter(errors)).execute(all.toArray(String[]::new));
    assertThat(status).isEqualTo(1);
    return errors.toString().strip();
  }

  @Test
  void everyCommandSaysSoAfterFiveSeconds() {
    String out = folder.resolve("out").toString();
    Map<String, String[]> commands =
        Map.of(
            "topics",
            new String[] {},
            "feed",
            new String[] {"--recording", "nowhere"},
            "record",
            new String[] {"--out", out},
            "compare",
            new String[] {"--with", "other"},
            "view",
            new String[] {"--port", "0"},
            "graphs",
            new String[] {"--at", "latest", "--out", out + ".svg"},
            "load",
            new String[] {"--venue", "kraken"});
    long begin = System.nanoTime();
    List<CompletableFuture<String>> said =
        commands.entrySet().stream()
            .map(
                c ->
                    CompletableFuture.supplyAsync(
                        () -> refused(c.getKey(), c.getValue()), task -> new Thread(task).start()))
            .toList();
    assertThat(said).allSatisfy(line -> assertThat(line.join()).isEqualTo(LINE));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void kafkasClientsSayNothingMeanwhile() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "topics",
                "--bootstrap-servers",
                NOBODY)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said.strip()).isEqualTo(LINE);
  }

  @Test
  void namesThatCannotBeAreSaidAtOnce() {
    for (String brokers : List.of("localhost", "nobody.invalid:9092")) {
      assertThatThrownBy(() -> BrokerCheck.check(brokers, new Properties(), List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("--bootstrap-servers is '%s', must be HOST:PORT", brokers);
    }
  }

  @Test
  void aTopicThatIsMissingIsNamedWithWhatMakesIt() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      broker.createTopic("raw-trades", 1);
      String brokers = broker.bootstrapServers();
      BrokerCheck.check(brokers, new Properties(), List.of("raw-trades"));
      assertThatThrownBy(
              () ->
                  BrokerCheck.check(
                      brokers, new Properties(), List.of("raw-trades", "raw-orderbooks")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "there is no topic raw-orderbooks at %s; `streamforge topics` makes those of the job",
              brokers);
    }
  }
}
