package io.streamforge.bench.latency;

import io.streamforge.bench.process.JavaProcess;
import io.streamforge.bench.throughput.RunTopics;
import io.streamforge.bench.throughput.flink.JobProcess;
import io.streamforge.marketgraph.Settings;
import io.streamforge.time.SampleGrid;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A scenario under a load, once, in a new process. */
final class LatencyRound {
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
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", topics.bootstrapServers()))) {
      topics.create(admin, scenario.partitions());
      try (JavaProcess job = JobProcess.start(topics, settings)) {
        return measure(job, JobProcess.settings(topics, settings));
      } finally {
        topics.delete(admin);
      }
    }
  }

  private ScenarioFigures measure(JavaProcess job, Settings settings)
      throws IOException, InterruptedException {
    long startUs = WallClock.nowUs() + load.leadUs();
    Schedule schedule =
        new Schedule(load.market(startUs), scenario.partitions(), scenario.heartbeats());
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
    try (OutputReader reader = new OutputReader(topics, recorder, startUs);
        PacedFeed feed = PacedFeed.start(topics, schedule, load.pace().apply(reader))) {
      reader.await(fromUs);
      long beganNs = System.nanoTime();
      Duration jobCpu = job.cpu();
      Duration brokerCpu = broker.cpu();
      reader.await(toUs);
      double wallSeconds = (System.nanoTime() - beganNs) / 1e9;
      double jobCores = job.cpu().minus(jobCpu).toMillis() / 1e3 / wallSeconds;
      double brokerCores = broker.cpu().minus(brokerCpu).toMillis() / 1e3 / wallSeconds;
      reader.await(toUs + intervalUs); // a graph may be read before its symbols
      return new ScenarioFigures(
          scenario.name(),
          scenario.description(),
          schedule.messagesBetween(fromUs, toUs) / wallSeconds,
          recorder.graph(),
          recorder.symbol(),
          recorder.bookMessage(),
          recorder.graphAge(),
          Percentiles.of(feed.end()),
          jobCores,
          brokerCores,
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
  }
}
