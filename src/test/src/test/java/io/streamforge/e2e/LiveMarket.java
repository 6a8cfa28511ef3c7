package io.streamforge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.Main;
import io.streamforge.cli.cluster.LocalFlink;
import io.streamforge.cli.replay.CounterTotals;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/**
 * The job on a market that happens now, in topics of which the broker writes the timestamps, and
 * what it has said so far, each record once.
 */
final class LiveMarket implements AutoCloseable {
  static final long SECOND_US = 1_000_000;

  private static final int PARALLELISM = 2;

  private final Map<String, String> own;
  private final Settings settings;
  private final CounterTotals counters;
  private final LocalFlink flink;
  private final JobID job;
  private final TopicReader out;
  private final TreeMap<Long, String> graphs = new TreeMap<>();
  private final TreeMap<String, String> symbols = new TreeMap<>();
  private long deadLetters;

  /**
   * Makes the topics and starts the job.
   *
   * @param copies of each topic
   * @param own settings of the job
   */
  LiveMarket(String bootstrapServers, int copies, Map<String, String> own) throws Exception {
    this.own = own;
    Map<String, String> all = new HashMap<>(own);
    all.put("kafka.bootstrap-servers", bootstrapServers);
    all.put("source.start", "earliest");
    settings = new Settings(all);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      Optional<Short> replicationFactor = Optional.of((short) copies);
      Topics.createMissing(admin, settings, ClockedFeed.PARTITIONS, replicationFactor, false);
    }
    String name = UUID.randomUUID().toString();
    Configuration cluster = new Configuration();
    CounterTotals.configure(cluster, name);
    counters = CounterTotals.named(name);
    flink = LocalFlink.start(cluster, PARALLELISM, 0);
    Configuration checkpoints =
        new Configuration().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(checkpoints);
    env.setParallelism(PARALLELISM);
    MarketGraphJob.define(env, settings);
    job = flink.submit(env, settings.title());
    out = Topics.reader(settings, List.of("symbol-features", "graph-features", "dead-letters"));
  }

  /** The job fails, and goes on from its last checkpoint. */
  void fail() throws Exception {
    flink.restartTaskManager();
  }

  /** Waits until the job has completed some more checkpoints. */
  void awaitCheckpoints(int more) throws InterruptedException {
    long before = flink.completedCheckpoints(job);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> flink.completedCheckpoints(job) >= before + more);
  }

  /** Reads what comes out until something holds. */
  void await(Duration patience, BooleanSupplier condition) {
    Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              out.poll(this::add);
              return condition.getAsBoolean();
            });
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    String value = new String(record.value(), UTF_8);
    switch (record.topic()) {
      case "graph-features" -> once(graphs, time(value), value);
      case "symbol-features" -> once(symbols, symbol(value), value);
      default -> deadLetters++;
    }
  }

  private static <K> void once(Map<K, String> values, K key, String value) {
    assertThat(values.merge(key, value, (before, again) -> before)).isEqualTo(value);
  }

  private static long time(String graph) {
    try {
      return GraphFeaturesRecord.identity(graph.getBytes(UTF_8)).timeUs();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String symbol(String value) {
    try {
      SymbolFeaturesRecord record = SymbolFeaturesRecord.read(value.getBytes(UTF_8));
      return record.timeUs() + " " + record.instrument();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long graphs() {
    return graphs.size();
  }

  /** The newest sample of the graphs. */
  long newestUs() {
    return graphs.isEmpty() ? Long.MIN_VALUE : graphs.lastKey();
  }

  /** How old that is. */
  long lagUs() {
    return ClockedFeed.nowUs() - newestUs();
  }

  /** How receive times were not believed: too far from the broker's clock, or no times. */
  Set<String> notBelieved() {
    return Stream.of("ahead", "behind", "unreadable")
        .filter(how -> counters.of("receive_times_" + how) > 0)
        .collect(Collectors.toSet());
  }

  /**
   * All that was sent could be read and came in time, and each sample was said: the time has not
   * jumped.
   */
  void assertNothingIsLeftOut() {
    assertThat(deadLetters).isZero();
    assertThat(counters.of("records_behind_watermark")).isZero();
    assertThat(counters.of("samples_behind_watermark")).isZero();
    assertThat(counters.of("receive_times_unchecked")).isZero();
    assertThat(newestUs() - graphs.firstKey()).isEqualTo((graphs.size() - 1) * SECOND_US);
    assertThat(lagUs()).isGreaterThan(-SECOND_US);
  }

  /**
   * A recording of the log, replayed without a failure, says the same, and more of what was open
   * when the feed ended.
   */
  void assertAReplaySaysTheSame(Path folder) throws IOException {
    await(Duration.ofMinutes(1), () -> symbols.keySet().containsAll(symbolsOf(newestUs())));
    String recording = folder.resolve("recorded.jsonl.gz").toString();
    Path replayed = folder.resolve("replayed");
    List<String> record = new ArrayList<>(List.of("record", "--once", "--out", recording));
    record.addAll(List.of("--bootstrap-servers", settings.bootstrapServers()));
    own.forEach((key, value) -> record.addAll(List.of("--set", key + "=" + value)));
    run(record);
    run(List.of("replay", "--direct", "--recording", recording, "--out", replayed.toString()));
    TreeMap<Long, String> allGraphs = new TreeMap<>();
    for (String line : Files.readAllLines(replayed.resolve("graph-features.jsonl"))) {
      allGraphs.put(time(line), line);
    }
    assertThat(graphs).isEqualTo(allGraphs.headMap(newestUs(), true));
    TreeMap<String, String> allSymbols = new TreeMap<>();
    for (String line : Files.readAllLines(replayed.resolve("symbol-features.jsonl"))) {
      allSymbols.put(symbol(line), line);
    }
    String last = symbolsOf(newestUs()).last();
    assertThat(symbols.headMap(last, true)).isEqualTo(allSymbols.headMap(last, true));
  }

  private static SortedSet<String> symbolsOf(long sampleUs) {
    return IntStream.range(0, ClockedFeed.PARTITIONS)
        .mapToObj(partition -> sampleUs + " acme:S" + partition)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void run(List<String> arguments) {
    assertThat(Main.commandLine().execute(arguments.toArray(new String[0]))).isZero();
  }

  @Override
  public void close() throws Exception {
    try (out;
        flink) {
      flink.cancel(job);
    }
  }
}
