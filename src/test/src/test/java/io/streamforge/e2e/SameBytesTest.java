package io.streamforge.e2e;

import static io.streamforge.e2e.Replays.MAX_SPEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.cli.replay.ReplaySummary;
import io.streamforge.record.GraphFeaturesRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same input gives the same bytes, however it is run. */
@Timeout(180)
class SameBytesTest {
  private static final Path RECORDING = Replays.recording("binance-us-10");

  @TempDir static Path folder;

  private static Path reference;

  @BeforeAll
  static void replayOnce() throws Exception {
    reference = folder.resolve("reference");
    ReplaySummary summary = Replays.replay(RECORDING, reference, 1, 1, MAX_SPEED);
    assertThat(summary.samples()).isEqualTo(120);
    assertThat(summary.recordsRead()).containsEntry("raw-orderbooks", 3206L);
    assertThat(summary.recordsRead()).containsEntry("raw-trades", 188L);
    assertThat(summary.recordsBehindWatermark()).isZero();
    assertThat(reference.resolve("symbol-features.jsonl")).isNotEmptyFile();
    assertThat(reference.resolve("graph-features.jsonl")).isNotEmptyFile();
    assertThat(summary.marketEvents()).isEqualTo(188 + 1510 + 20);
  }

  @ParameterizedTest(name = "parallelism {0}, {1} partitions, speed {2}")
  @CsvSource({"2, 1, Infinity", "3, 5, Infinity", "1, 5, 20"})
  void atAnyParallelismPartitionsAndSpeed(int parallelism, int partitions, double speed)
      throws Exception {
    Path out = folder.resolve("p" + parallelism + "-" + partitions + "-" + speed);
    ReplaySummary summary = Replays.replay(RECORDING, out, parallelism, partitions, speed);
    assertSameBytes(out);
    assertThat(summary.recordsBehindWatermark()).isZero();
  }

  /** Two recordings at once, a graph a venue every five seconds, one instrument left out. */
  @Test
  void graphsOfVenuesAtAnyParallelism() throws Exception {
    Map<String, String> settings =
        Map.of(
            "graph.group-by", "venue",
            "graph.include", "(?!gemini:BTC).*",
            "graph.publish-interval", "5 s",
            "graph.filter", "knn");
    List<Path> recordings =
        List.of(Replays.later(RECORDING, folder, 2_155), Replays.recording("gemini-10"));
    List<Path> outs = List.of(folder.resolve("venues-1"), folder.resolve("venues-3"));
    for (int i = 0; i < outs.size(); i++) {
      Replays.replay(
          recordings, outs.get(i), 1 + 2 * i, 3, MAX_SPEED, settings, Replays.Meanwhile.NOTHING);
    }
    for (String file : Replays.SAME_FILES) {
      assertThat(outs.get(1).resolve(file)).hasSameBinaryContentAs(outs.get(0).resolve(file));
    }
    Set<String> graphs = new HashSet<>();
    for (String line : Files.readAllLines(outs.get(0).resolve("graph-features.jsonl"))) {
      GraphFeaturesRecord graph = GraphFeaturesRecord.read(line.getBytes(StandardCharsets.UTF_8));
      graphs.add(graph.graph());
      assertThat(graph.timeUs() % 5_000_000).isZero();
      for (String id : graph.nodeIds()) {
        assertThat(id).startsWith(graph.graph() + ":").doesNotContain("gemini:BTC");
      }
    }
    assertThat(graphs).containsExactlyInAnyOrder("binance-us", "gemini");
  }

  /** Two books in BTC wait for the mid of a third, also while a TaskManager dies. */
  @Test
  void withRatesFromInstrumentsAtAnyParallelismAndAfterAFailure() throws Exception {
    Map<String, String> settings = Map.of("instruments.registry", Replays.REGISTRY);
    Path alone = folder.resolve("rates-1");
    Path several = folder.resolve("rates-3");
    Replays.replay(RECORDING, alone, 1, 1, MAX_SPEED, settings, Replays.Meanwhile.NOTHING);
    Replays.replay(RECORDING, several, 3, 5, 20, settings, market -> killAfter(2, market));
    for (String file : Replays.SAME_FILES) {
      assertThat(several.resolve(file)).hasSameBinaryContentAs(alone.resolve(file));
    }
  }

  /** Of 310 instruments few find room in their partition, and fewer a seat. */
  @Test
  void withMadeUpSymbolsAtAnyParallelismAndAfterAFailure() throws Exception {
    Map<String, String> settings =
        Map.of("instruments.max-per-partition", "12", "graph.max-nodes", "8");
    List<Path> recordings = List.of(RECORDING, Replays.madeUp(folder, 1_617_643_095_000_000L));
    Path alone = folder.resolve("made-up-1");
    Path several = folder.resolve("made-up-4");
    ReplaySummary summary =
        Replays.replay(recordings, alone, 1, 3, MAX_SPEED, settings, Replays.Meanwhile.NOTHING);
    Replays.replay(recordings, several, 4, 3, 20, settings, market -> killAfter(2, market));
    for (String file :
        List.of(
            "symbol-features.jsonl",
            "graph-features.jsonl",
            "market-events.jsonl",
            "dead-letters.jsonl")) {
      assertThat(several.resolve(file)).hasSameBinaryContentAs(alone.resolve(file));
    }
    assertThat(summary.deadLetterReasons()).containsOnlyKeys("too-many-instruments");
    assertThat(alone.resolve("graph-features.jsonl"))
        .content()
        .contains("\"num_nodes\":8,")
        .containsPattern("\"num_nodes_left_out\":[1-9]");
  }

  /**
   * Ten books, of which two fit into memory, and a TaskManager that dies twice. Which records a
   * graph rests on is the same, too, also where it says so again.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void afterFailuresAtRandomMomentsWithBooksOutOfMemory(long seed) throws Exception {
    Path out = folder.resolve("recovered-" + seed);
    Random random = new Random(seed);
    Map<String, String> settings = Map.of("instrument.cache-size", "5 kb");
    Replays.replay(
        RECORDING,
        out,
        2,
        5,
        10,
        settings,
        new Replays.Meanwhile() {
          @Override
          public void run(EmbeddedJob market) throws Exception {
            killAfter(1 + random.nextInt(3), market);
            killAfter(1 + random.nextInt(3), market);
          }

          @Override
          public void afterwards(EmbeddedJob market) {
            assertThat(ExpectedAuditTrail.check(market.settings())).isGreaterThanOrEqualTo(120);
          }
        });
    assertSameBytes(out);
  }

  static void killAfter(int checkpoints, EmbeddedJob market) throws Exception {
    long before = market.flink().completedCheckpoints(market.job());
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> market.flink().completedCheckpoints(market.job()) >= before + checkpoints);
    market.flink().restartTaskManager();
  }

  private static void assertSameBytes(Path out) {
    for (String file : Replays.SAME_FILES) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(reference.resolve(file));
    }
  }
}
