package io.streamforge.cli;

import static io.streamforge.cli.CommandRun.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and ports that cannot be: one line each, before any work. */
class WrongFilesTest {
  private static final String RECORDING = "../../recordings/kraken-v2-btc-resubscribed.jsonl.gz";

  @TempDir Path folder;

  private String[] words(String command) {
    return command.replace("FOLDER", folder.toString()).replace("RECORDING", RECORDING).split(" ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay --out FOLDER/out --recording FOLDER",
        "replay --out FOLDER/out --direct --recording FOLDER",
        "graphs --out FOLDER/out --at latest --recording FOLDER",
        "demo --port 0 --recording FOLDER",
        "live --port 0 --view 0 --recorded FOLDER",
        "record --out FOLDER/out --recorded FOLDER",
        "load --bootstrap-servers a:1 --config FOLDER"
      })
  void aFolderGivenForAFile(String command) {
    assertThat(refused(words(command))).contains(folder + " is a folder, must be a file");
  }

  /** Neither the broker nor the recordings are there: the place of the results is tried first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay --recording nowhere --out FOLDER/file",
        "replay --direct --recording nowhere --out FOLDER/file",
        "feed --bootstrap-servers localhost:1 --recording nowhere --out FOLDER/file",
        "record --bootstrap-servers localhost:1 --out FOLDER",
        "record --recorded nowhere --out FOLDER/none/out.jsonl",
        "generate --out FOLDER",
        "graphs --at latest --recording nowhere --out FOLDER/file",
        "graphs --at latest --bootstrap-servers localhost:1 --out FOLDER/none/graph.svg",
        "load --check kraken --report FOLDER"
      })
  void whatIsWrittenIsTriedBeforeTheWork(String command) throws IOException {
    Files.writeString(folder.resolve("file"), "");
    String option = command.contains("--report") ? "--report" : "--out";
    assertThat(refused(words(command)))
        .startsWith("streamforge: " + option + " is '" + folder)
        .contains("that can be written: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"snapshot.png", "snapshot.PNG", "graph.gexf", "nodes.csv", "graph.json"})
  void aPictureOfAnotherKindIsRefusedWithThoseThatThereAre(String name) {
    Path file = folder.resolve(name);
    assertThat(refused("graphs", "--at", "latest", "--recording", "x", "--out", file.toString()))
        .contains(
            "--out is '" + file + "', must be a file that ends in .svg or .graphml, or a folder");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay --out FOLDER/out --recording RECORDING",
        "replay --direct --out FOLDER/out --recording RECORDING",
        "demo --port 0 --recording RECORDING",
        "graphs --out FOLDER/out --at latest --bootstrap-servers localhost:1",
        "topics --bootstrap-servers localhost:1",
        "feed --bootstrap-servers localhost:1 --recording RECORDING",
        "compare --bootstrap-servers localhost:1 --with other",
        "view --port 0 --bootstrap-servers localhost:1"
      })
  void theSettingsOfAFileCountAndThoseOfTheCommandLineWin(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("job.properties"), "graph.max-nodes = many\n");
    List<String> words = new ArrayList<>(List.of(words(command)));
    words.addAll(List.of("--config", file.toString()));
    assertThat(refused(words.toArray(String[]::new))).contains("graph.max-nodes is 'many'");
    words.addAll(List.of("--set", "graph.max-nodes=few"));
    assertThat(refused(words.toArray(String[]::new))).contains("graph.max-nodes is 'few'");
    words.set(words.indexOf(file.toString()), folder.resolve("none").toString());
    assertThat(refused(words.toArray(String[]::new))).contains("none does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo --recording RECORDING --port PORT",
        "demo --recording RECORDING --port 0 --kafka-port PORT",
        "demo --recording RECORDING --port 0 --view PORT",
        "live --recorded RECORDING --view 0 --port PORT",
        "live --recorded RECORDING --port 0 --view PORT",
        "view --bootstrap-servers localhost:1 --port PORT"
      })
  void aPortThatIsTaken(String command) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      String option = command.replaceFirst(".* (\\S+) PORT$", "$1");
      assertThat(refused(words(command.replace("PORT", port))))
          .contains("port " + port + ", for ")
          .contains(" is taken: give another with " + option + ", or 0 for any");
    }
    assertThat(refused(words(command.replace("PORT", "70000"))))
        .contains("port 70000, for ")
        .contains("from 1 to 65535");
  }

  @Test
  void certificatesThatCannotBeReadAreSaidBeforeAnythingIsStarted() {
    assertThat(refused("live", "--port", "0", "--view", "0", "--ca", folder.toString()))
        .contains("--ca is '" + folder + "', must be a file of certificates");
  }
}
