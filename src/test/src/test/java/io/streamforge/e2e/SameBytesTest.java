package io.streamforge.e2e;

import static io.streamforge.e2e.Replays.MAX_SPEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.local.LocalMarket;
import io.streamforge.local.ReplaySummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
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
    assertThat(summary.ticks()).isEqualTo(120);
    assertThat(summary.recordsRead()).containsEntry("raw-orderbooks", 3206L);
    assertThat(summary.recordsRead()).containsEntry("raw-trades", 188L);
    assertThat(summary.recordsBehindWatermark()).isZero();
    assertThat(reference.resolve("symbol-features.jsonl")).isNotEmptyFile();
    assertThat(reference.resolve("graph-features.jsonl")).isNotEmptyFile();
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

  /** Ten books, of which two fit into memory, and a TaskManager that dies twice. */
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
        market -> {
          killAfter(1 + random.nextInt(3), market);
          killAfter(1 + random.nextInt(3), market);
        });
    assertSameBytes(out);
  }

  private static void killAfter(int checkpoints, LocalMarket market) throws Exception {
    long before = market.flink().completedCheckpoints(market.job());
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> market.flink().completedCheckpoints(market.job()) >= before + checkpoints);
    market.flink().restartTaskManager();
  }

  private static void assertSameBytes(Path out) {
    for (String file : new String[] {"symbol-features.jsonl", "graph-features.jsonl"}) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(reference.resolve(file));
    }
  }
}
