package io.streamforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCommandTest {
  @Test
  void thoseOfAGroupOrOneAlone() {
    assertThat(CommandRun.of("settings", "graph").out())
        .contains("graph.max-nodes = 500\n    Seats of a graph")
        .doesNotContain("source.");
    assertThat(CommandRun.of("settings", "job.name", "sink.market-events.topic").out().lines())
        .anyMatch(line -> line.equals("job.name = market-graph"))
        .anyMatch(line -> line.equals("sink.market-events.topic has no default"))
        .noneMatch(line -> line.startsWith("sink.symbol"));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void noLineIsWiderThanTheTerminal(int width) {
    String text = SettingsText.of(SettingsTable.all(), width);
    assertThat(text.lines()).allMatch(line -> line.length() <= width);
    assertThat(text.replaceAll("\\s+", " "))
        .contains(SettingsTable.all().get(0).meaning())
        .doesNotContain("|---|");
  }

  @Test
  void markdownWhereItIsAskedFor() {
    assertThat(CommandRun.of("settings", "--markdown").out()).isEqualTo(SettingsTable.markdown());
    assertThat(CommandRun.of("settings").out()).doesNotContain("|---|");
  }

  @Test
  void jsonHasEach() throws IOException {
    JsonNode all = new ObjectMapper().readTree(CommandRun.of("settings", "--json").out());
    assertThat(all).hasSameSizeAs(SettingsTable.all());
    JsonNode graph =
        new ObjectMapper().readTree(CommandRun.of("settings", "--json", "graph").out());
    assertThat(graph).allMatch(each -> each.get("group").asText().equals("graph"));
    assertThat(graph.get(0).get("default").asText()).isEqualTo("1 s");
  }

  @Test
  void anUnknownGroupIsNamedWithTheNearest() {
    CommandRun said = CommandRun.of("settings", "grpah");
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.errors()).contains("'grpah'; the nearest is graph");
  }
}
