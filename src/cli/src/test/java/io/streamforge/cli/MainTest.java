package io.streamforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person gets who mistypes: one line and a status. */
class MainTest {
  private static final String RECORDING = "../../recordings/kraken-v2-btc-resubscribed.jsonl.gz";

  @TempDir Path folder;

  private String refused(String... arguments) {
    List<String> all = new ArrayList<>(List.of("replay", "--out", folder.toString()));
    all.addAll(List.of(arguments));
    StringWriter errors = new StringWriter();
    int status =
        Main.commandLine().setErr(new PrintWriter(errors)).execute(all.toArray(new String[0]));
    assertThat(status).isNotZero();
    assertThat(errors.toString().lines()).hasSize(1);
    return errors.toString();
  }

  @Test
  void namesAnUnknownSettingAndItsNeighbours() {
    assertThat(refused("--recording", RECORDING, "--set", "graph.neighbors=3"))
        .contains("graph.neighbors")
        .contains("'3'")
        .contains("graph.neighbours");
  }

  @Test
  void namesABadValueAndWhatWouldBeRight() {
    assertThat(refused("--recording", RECORDING, "--set", "source.max-lateness=soon"))
        .contains("source.max-lateness")
        .contains("'soon'")
        .contains("500 ms");
  }

  @Test
  void namesAMissingFile() {
    assertThat(refused("--recording", "nowhere.jsonl.gz")).contains("nowhere.jsonl.gz");
  }

  @Test
  void namesABadSpeed() {
    assertThat(refused("--recording", RECORDING, "--speed", "fast"))
        .contains("--speed")
        .contains("max");
  }

  @Test
  void namesATopicThatTheJobDoesNotRead() {
    assertThat(refused("--recording", "../../recordings/binance-us-10.bbo.jsonl.gz"))
        .contains("'bbo'");
  }
}
