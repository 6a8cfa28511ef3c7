package io.streamforge.e2e;

import static io.streamforge.e2e.Replays.MAX_SPEED;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.Main;
import io.streamforge.cli.recording.RecordingWriter;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.DirectReplay;
import io.streamforge.cli.replay.ReplaySummary;
import io.streamforge.cli.replay.UntrustedBook;
import io.streamforge.testkit.RawMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
  @ValueSource(
      strings = {
        "kraken-v1-10",
        "binance-us-10",
        "kraken-v2-btc-resubscribed",
        "made-gemini-2-disconnected",
        "made-market-data-event-2"
      })
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
      summary = new DirectReplay(Replays.withEvents(settings), progress -> {}).run(input, direct);
    }
    for (String topic :
        List.of(
            "symbol-features", "graph-features", "book-resync", "dead-letters", "market-events")) {
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

  /**
   * Both end, though the newest records are of books that are none, and the venue is one by
   * default.
   */
  @Test
  void ofRecordsThatGiveNothingBesideOthersThatDo() throws Exception {
    long startUs = 1_790_000_000_000_000L;
    String trade =
        "{\"type\":\"trade\",\"venue\":\"acme\",\"symbol\":\"X\",\"trade_id\":\"%d\",\"price\":\"1\",\"quantity\":\"1\",\"side\":\"buy\",\"event_time_us\":%d}";
    Path file = folder.resolve("few.jsonl");
    try (RecordingWriter recording = new RecordingWriter(file)) {
      for (int second = 0; second < 3; second++) {
        long timeUs = startUs + second * 1_000_000L;
        recording.write(
            new RawMessage("raw-trades", "X", null, timeUs, trade.formatted(second, timeUs)));
      }
      long laterUs = startUs + 400_000_000;
      recording.write(new RawMessage("raw-orderbooks", "Y", "gemini", laterUs, "{"));
      recording.write(RawMessage.disconnected("raw-orderbooks", "Z", "gemini", null, laterUs));
      recording.write(RawMessage.disconnected("raw-orderbooks", "X", "acme", null, laterUs));
    }
    ReplaySummary summary =
        assertSame(List.of(file), Map.of("source.default-venue", "streamforge"), folder);
    assertThat(summary.symbolRecords()).isEqualTo(3);
    assertThat(summary.deadLetterReasons()).isEqualTo(Map.of("malformed-json", 1L));
    assertThat(summary.untrustedBooks())
        .containsExactly(
            new UntrustedBook(
                "acme:X", "awaiting-snapshot", null, startUs + 1_000_000, startUs + 3_000_000, 3));
  }

  @Test
  void ofARecordingWithNothingToRead() throws Exception {
    Path file = folder.resolve("garbage.jsonl");
    try (RecordingWriter recording = new RecordingWriter(file)) {
      recording.write(new RawMessage("raw-trades", "X", "kraken", 1_723_161_255_342_000L, "{"));
    }
    ReplaySummary summary = assertSame(List.of(file), Map.of(), folder);
    assertThat(summary.symbolRecords()).isZero();
    assertThat(summary.deadLetterReasons()).isEqualTo(Map.of("malformed-json", 1L));
  }
}
