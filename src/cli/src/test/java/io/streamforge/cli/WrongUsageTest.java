package io.streamforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person hears who mistyped, and where the help is that the line names. */
class WrongUsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demmo | there is no command 'demmo'; the nearest is demo; see ./streamforge --help",
        "sokk | there is no command 'sokk'; the nearest is soak",
        "nonsense | there is no command 'nonsense'; see ./streamforge --help",
        "cluster strat | there is no command 'strat'; the nearest is start; see ./streamforge cluster --help",
        "replay --recordin x --out y | replay has no option --recordin; the nearest is --recording",
        "replay --recording x --out y --parallelsim=2 | has no option --parallelsim=2; the nearest is --parallelism",
        "cluster start --taskmanager 2 | start has no option --taskmanager; the nearest is --taskmanagers",
        "replay --recording x | replay needs --out DIR; see ./streamforge replay --help",
        "record --out x | record needs one of these: ",
        "generate --out x --symbols many | --symbols is 'many', must be a whole number",
        "topics --bootstrap-servers a:1 --set graph.name | --set is 'graph.name', must be KEY=VALUE",
        "load --venue kraken --url :// | --url is '://', must be an address such as wss://host/path",
        "features all | features has no use for 'all'"
      })
  void oneLineNamesWhatIsWrongAndWhatIsNearest(String words, String line) {
    CommandRun run = CommandRun.of(words.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors().lines()).as(run.errors()).hasSize(1);
    assertThat(run.errors()).startsWith("streamforge: ").contains(line);
  }

  @Test
  void thereIsOneHelpText() throws IOException, InterruptedException {
    Process script =
        new ProcessBuilder("../../streamforge", "--help").redirectErrorStream(true).start();
    String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor()).isZero();
    assertThat(CommandRun.of("--help").out()).isEqualTo(said);
    assertThat(HelpText.commands())
        .containsAll(Main.commandLine().getSubcommands().keySet())
        .contains("flink", "bench", "test", "soak");
    assertThat(CommandRun.of("replay", "--help").out()).contains("--recording");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    for (List<String> words : List.of(List.of("--version"), List.of("cluster", "start", "-V"))) {
      assertThat(CommandRun.of(words.toArray(String[]::new)).out())
          .matches(
              "streamforge \\d+\\.\\d+\\.\\d+\\S*, with Flink 2\\.\\S+ and Kafka 4\\S+, on Java .*\\R");
    }
  }
}
