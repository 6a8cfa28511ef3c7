package io.streamforge.e2e;

import static io.streamforge.e2e.Replays.MAX_SPEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.cli.Main;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.DirectReplay;
import io.streamforge.cli.replay.ReplaySummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code replay --direct} writes what {@code replay} writes, byte for byte. */
@Timeout(180)
class DirectReplayTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"kraken-v1-10", "binance-us-10", "kraken-v2-btc-resubscribed"})
  void ofARecording(String name) throws Exception {
    assertSame(
        List.of(Replays.recording(name)), Map.of("instruments.registry", Replays.REGISTRY), folder);
  }

  /** Two at once, a graph a venue every five seconds, one instrument left out, rates of others. */
  @Test
  void ofSeveralRecordingsWithSettings() throws Exception {
    Map<String, String> settings =
        Map.of(
            "instruments.registry", Replays.REGISTRY,
            "graph.group-by", "venue",
            "graph.include", "(?!gemini:BTC).*",
            "graph.publish-interval", "5 s",
            "graph.filter", "knn");
    List<Path> recordings =
        List.of(
            Replays.later(Replays.recording("binance-us-10"), folder, 2_155),
            Replays.recording("gemini-10"));
    ReplaySummary summary = assertSame(recordings, settings, folder);
    assertThat(summary.samples()).isGreaterThan(24); // of two graphs
  }

  /** Runs both, compares the files, and returns the direct summary. */
  static ReplaySummary assertSame(List<Path> recordings, Map<String, String> settings, Path folder)
      throws Exception {
    Path job = folder.resolve("job");
    ReplaySummary expected =
        Replays.replay(recordings, job, 1, 1, MAX_SPEED, settings, Replays.Meanwhile.NOTHING);
    return assertSame(recordings, settings, folder.resolve("direct"), job, expected);
  }

  /** Runs the direct one alone, and compares it with what the job has written. */
  static ReplaySummary assertSame(
      List<Path> recordings,
      Map<String, String> settings,
      Path direct,
      Path job,
      ReplaySummary expected)
      throws IOException {
    ReplaySummary summary;
    try (Recordings input = new Recordings(recordings)) {
      summary = new DirectReplay(settings, progress -> {}).run(input, direct);
    }
    for (String topic :
        List.of("symbol-features", "graph-features", "book-resync", "dead-letters")) {
      String file = topic + ".jsonl";
      assertThat(direct.resolve(file)).hasSameBinaryContentAs(job.resolve(file));
    }
    assertThat(summary)
        .usingRecursiveComparison()
        .ignoringFields("repeats", "seconds")
        .isEqualTo(expected);
    return summary;
  }

  @ParameterizedTest
  @CsvSource({
    "--speed=20, --speed has no meaning with --direct",
    "--parallelism=2, --parallelism has no meaning with --direct",
    "--partitions=1, --partitions has no meaning with --direct",
    "--set=kafka.bootstrap-servers=a:1, kafka.bootstrap-servers has no meaning with --direct",
    "--set=streamforge.source.start=latest, source.start has no meaning with --direct"
  })
  void refusesWhatHasNoMeaning(String argument, String message) {
    StringWriter errors = new StringWriter();
    CommandLine commands = Main.commandLine().setErr(new PrintWriter(errors));
    int exit =
        commands.execute(
            "replay",
            "--direct",
            "--recording=" + Replays.recording("kraken-v2-btc"),
            "--out=" + folder,
            argument);
    assertThat(errors.toString()).contains(message);
    assertThat(exit).isEqualTo(CommandLine.ExitCode.SOFTWARE);
  }

  @Test
  void refusesARecordingWithNothingToRead() throws IOException {
    Path file = folder.resolve("garbage.jsonl");
    String line =
        "{\"topic\":\"raw-trades\",\"key\":\"X\",\"venue\":\"kraken\","
            + "\"receive_time_us\":1723161255342000,\"value\":\"{\"}\n";
    Files.writeString(file, line, StandardCharsets.UTF_8);
    try (Recordings input = new Recordings(List.of(file))) {
      DirectReplay replay = new DirectReplay(Map.of(), progress -> {});
      assertThatThrownBy(() -> replay.run(input, folder.resolve("nothing")))
          .isInstanceOf(IOException.class)
          .hasMessage("the recording has no message that can be read (1 dead letters)");
    }
  }
}
