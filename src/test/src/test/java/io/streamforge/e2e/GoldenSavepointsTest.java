package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.cli.cluster.LocalFlink;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.cli.replay.Playback;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A savepoint of every version of the state that was released is in the test resources, and is
 * restored for ever, to go on as that version would have: of the records, what it knew is compared.
 * jobs/STATE.md says what each version is and how to make the next.
 */
@Timeout(300)
class GoldenSavepointsTest {
  private static final Path SAVEPOINTS = Path.of("src", "test", "resources", "savepoints");

  /** Where a savepoint of the job as it is now is left, to be the next of them. */
  private static final Path NOW = Path.of("target", "savepoint");

  /** Ten instruments, two of which wait for the rate that a third one is. */
  private static final Path RECORDING = Replays.recording("binance-us-10");

  private static final Map<String, String> SETTINGS =
      Map.of("instruments.registry", Replays.REGISTRY);

  private static final int PARTITIONS = 2;
  private static final Pattern CLASS = Pattern.compile("io[./]streamforge[./$\\w]*");

  @TempDir static Path folder;

  private static Path reference;

  /** What the records hold now. */
  private static KnownNumbers known;

  @BeforeAll
  static void runOnceAndMakeASavepointOnTheWay() throws Exception {
    reference = folder.resolve("reference");
    Replays.replay(
        RECORDING, reference, 2, PARTITIONS, 10, SETTINGS, GoldenSavepointsTest::makeASavepoint);
    known = KnownNumbers.ofReplay(reference);
    known.keepWith(NOW);
  }

  private static void makeASavepoint(EmbeddedJob market) throws Exception {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> market.flink().completedCheckpoints(market.job()) >= 5);
    Path made = market.flink().savepoint(market.job(), folder);
    FileUtils.deleteDirectory(NOW.toFile());
    FileUtils.copy(
        new org.apache.flink.core.fs.Path(made.toUri()),
        new org.apache.flink.core.fs.Path(NOW.toAbsolutePath().toUri()),
        false);
  }

  private static List<Path> versions() throws IOException {
    try (Stream<Path> all = Files.list(SAVEPOINTS)) {
      return all.sorted().toList();
    }
  }

  /** More may have come since: a state, or an operator that has one. */
  @Test
  void theStateHasWhatTheNewestVersionHas() throws IOException {
    Path newest = versions().get(versions().size() - 1);
    assertThat(SavepointForm.read(NOW))
        .as("the state has another form than %s: see jobs/STATE.md", newest.getFileName())
        .containsAll(SavepointForm.read(newest));
  }

  /** All others may be moved and renamed. */
  @Test
  void oneClassOfTheProjectIsNamedInASavepoint() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(NOW)) {
      for (Path file : files.toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        CLASS.matcher(text).results().forEach(name -> names.add(name.group()));
      }
    }
    assertThat(names).containsExactly("io.streamforge.state.VersionedSerializerSnapshot");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void goesOnFromWithTheSameBytes(Path savepoint) throws Exception {
    Path out = folder.resolve(savepoint.getFileName());
    try (LocalBroker broker = LocalBroker.start(folder);
        LocalFlink flink = LocalFlink.start(new Configuration(), 1, 0);
        Recordings input = new Recordings(List.of(RECORDING))) {
      Settings settings = settings(broker);
      Topics.createMissing(broker.admin(), settings, PARTITIONS, Optional.empty(), true);
      try (Playback playback = new Playback(settings, Replays.MAX_SPEED)) {
        playback.play(input);
        JobID job = flink.submit(job(settings), "restored", savepoint);
        playback.readToEnd(() -> assertThat(flink.failure(job)).as("what fails the job").isEmpty());
        playback.writeTo(out);
        assertThat(ExpectedAuditTrail.check(settings)).isPositive();
      }
    }
    KnownNumbers then = KnownNumbers.ofSavepoint(savepoint);
    for (String file : List.of("symbol-features.jsonl", "graph-features.jsonl")) {
      List<String> all = then.of(Files.readAllLines(reference.resolve(file)), known);
      List<String> rest = then.of(Files.readAllLines(out.resolve(file)), known);
      assertThat(rest).hasSizeBetween(all.size() / 5, all.size() * 4 / 5);
      assertThat(all).endsWith(rest.toArray(String[]::new));
    }
  }

  private static Settings settings(LocalBroker broker) {
    Map<String, String> values = new HashMap<>(SETTINGS);
    values.put("kafka.bootstrap-servers", broker.bootstrapServers());
    values.put("source.max-behind", "0 s");
    return new Settings(values);
  }

  private static StreamExecutionEnvironment job(Settings settings) {
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(
            new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "disable"));
    env.setParallelism(1);
    MarketGraphJob.define(env, settings);
    return env;
  }
}
