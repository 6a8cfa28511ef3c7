package io.streamforge.bench.latency;

import io.streamforge.bench.load.MarketSettings;
import io.streamforge.bench.process.JavaProcess;
import io.streamforge.bench.throughput.Contestant;
import io.streamforge.bench.throughput.ContestantProcess;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.testkit.feed.OutputReader;
import io.streamforge.testkit.feed.Pace;
import io.streamforge.testkit.feed.PacedFeed;
import io.streamforge.testkit.feed.RunTopics;
import io.streamforge.testkit.feed.Schedule;
import io.streamforge.testkit.feed.WallClock;
import io.streamforge.time.SampleGrid;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A scenario under a load, once, in a new process. */
final class LatencyRound {
  // The market begins when it has been made, which may take a minute or two.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final JavaProcess broker;
  private final RunTopics topics;
  private final Scenario scenario;
  private final Load load;

  /**
   * @param run a name that is unique on the broker
   */
  LatencyRound(
      JavaProcess broker, String bootstrapServers, String run, Scenario scenario, Load load) {
    this.broker = broker;
    this.topics = new RunTopics(bootstrapServers, run);
    this.scenario = scenario;
    this.load = load;
  }

  /**
   * Runs it.
   *
   * @param settings of the job and of Flink
   * @throws IOException if a process fails
   */
  ScenarioFigures run(Map<String, String> settings) throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(scenario.settings);
    if (scenario == Scenario.MARKET_EVENTS) {
      all.put(MarketGraphOptions.MARKET_EVENTS_TOPIC.key(), topics.events());
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", topics.bootstrapServers()))) {
      topics.create(admin, scenario.partitions());
      try (JavaProcess job = ContestantProcess.start(Contestant.OURS, topics, all)) {
        return measure(job, MarketSettings.of(topics, all));
      } finally {
        topics.delete(admin);
      }
    }
  }

  private ScenarioFigures measure(JavaProcess job, Settings settings)
      throws IOException, InterruptedException {
    long startUs = WallClock.nowUs() + load.leadUs();
    Schedule schedule =
        new Schedule(load.market(startUs), scenario.partitions(), scenario.heartbeats);
    long intervalUs = settings.intervalUs();
    long firstUs = SampleGrid.until(startUs, intervalUs);
    long fromUs = firstUs + load.warmUpSeconds() * 1_000_000L;
    long toUs = fromUs + load.seconds() * 1_000_000L;
    LatencyRecorder recorder =
        new LatencyRecorder(schedule, settings.time(), intervalUs, fromUs, toUs);
    if (WallClock.nowUs() > startUs) {
      throw new IOException(
          "the market was not ready when it was to begin: a quieter machine, or fewer messages");
    }
    Pace pace = load.pace().apply(recorder::newestGraphUs);
    try (OutputReader reader = reader(recorder);
        PacedFeed feed = PacedFeed.start(topics, schedule, pace)) {
      await(fromUs, recorder, reader);
      long beganNs = System.nanoTime();
      Duration jobCpu = job.cpu();
      Duration brokerCpu = broker.cpu();
      await(toUs, recorder, reader);
      double wallSeconds = (System.nanoTime() - beganNs) / 1e9;
      double jobCores = job.cpu().minus(jobCpu).toMillis() / 1e3 / wallSeconds;
      double brokerCores = broker.cpu().minus(brokerCpu).toMillis() / 1e3 / wallSeconds;
      await(toUs + intervalUs, recorder, reader); // a graph may be read before its symbols
      return new ScenarioFigures(
          scenario.name(),
          scenario.description,
          schedule.messagesBetween(fromUs, toUs) / wallSeconds,
          Percentiles.of(recorder.graph),
          Percentiles.of(recorder.symbol),
          Percentiles.of(recorder.bookMessage),
          Percentiles.of(recorder.graphAge),
          Percentiles.of(recorder.event),
          Percentiles.of(feed.end()),
          jobCores,
          brokerCores,
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
  }

  private OutputReader reader(LatencyRecorder recorder) {
    return new OutputReader(
        topics.bootstrapServers(),
        true,
        PATIENCE,
        record -> read(record, recorder),
        topics.symbols(),
        topics.graphs(),
        topics.events());
  }

  private void read(ConsumerRecord<byte[], byte[]> record, LatencyRecorder recorder) {
    long sampleUs = record.timestamp() * 1000;
    if (record.topic().equals(topics.symbols())) {
      String instrument = new String(record.key(), StandardCharsets.UTF_8);
      recorder.symbol(instrument, sampleUs, WallClock.nowUs());
    } else if (record.topic().equals(topics.graphs())) {
      recorder.graph(sampleUs, WallClock.nowUs());
    } else {
      recorder.event(record.value(), WallClock.nowUs());
    }
  }

  private static void await(long sampleUs, LatencyRecorder recorder, OutputReader reader)
      throws IOException {
    if (!reader.readUntil(() -> recorder.newestGraphUs() >= sampleUs)) {
      throw new IOException("the job has put out nothing for %s, see above".formatted(PATIENCE));
    }
  }
}
