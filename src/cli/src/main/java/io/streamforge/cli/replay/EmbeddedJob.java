package io.streamforge.cli.replay;

import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.cli.cluster.LocalFlink;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A broker, a Flink and the job between them, in this JVM. */
public final class EmbeddedJob implements AutoCloseable {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
  private static final int RESTARTS = 5;

  private final LocalBroker broker;
  private final LocalFlink flink;
  private final Settings settings;
  private final JobID job;
  private final CounterTotals counters;

  private EmbeddedJob(
      LocalBroker broker, LocalFlink flink, Settings settings, JobID job, CounterTotals counters) {
    this.broker = broker;
    this.flink = flink;
    this.settings = settings;
    this.job = job;
    this.counters = counters;
  }

  /**
   * Starts all of it.
   *
   * @param parallelism of the job
   * @param partitions of every topic
   * @param restPort where the web UI listens; 0 for any free port
   * @param given the job's settings, but for the broker's address
   */
  public static EmbeddedJob start(
      int parallelism, int partitions, int restPort, Map<String, String> given) throws Exception {
    return start(parallelism, partitions, restPort, 0, given);
  }

  /**
   * Starts all of it.
   *
   * @param parallelism of the job
   * @param partitions of every topic
   * @param restPort where the web UI listens; 0 for any free port
   * @param kafkaPort where Kafka listens; 0 for any free port
   * @param given the job's settings, but for the broker's address
   */
  public static EmbeddedJob start(
      int parallelism, int partitions, int restPort, int kafkaPort, Map<String, String> given)
      throws Exception {
    Map<String, String> values = new LinkedHashMap<>(given);
    // The feed sends heartbeats to every partition: waiting for one that is slow is right.
    values.putIfAbsent("source.max-behind", "0 s");
    return start(parallelism, partitions, restPort, kafkaPort, values, true);
  }

  /** Likewise, for a market of now: Kafka's clock is held against that of the feed. */
  public static EmbeddedJob startLive(
      int parallelism, int partitions, int restPort, int kafkaPort, Map<String, String> given)
      throws Exception {
    return start(parallelism, partitions, restPort, kafkaPort, given, false);
  }

  private static EmbeddedJob start(
      int parallelism,
      int partitions,
      int restPort,
      int kafkaPort,
      Map<String, String> given,
      boolean forReplay)
      throws Exception {
    Map<String, String> values = new LinkedHashMap<>(given);
    values.put("kafka.bootstrap-servers", "localhost:0");
    values.putIfAbsent("source.start", "earliest");
    values.putIfAbsent("kafka.properties.commit.offsets.on.checkpoint", "false");
    new Settings(values); // say what is wrong before anything is started
    LocalBroker broker = LocalBroker.start(null, kafkaPort);
    LocalFlink flink = null;
    try {
      values.put("kafka.bootstrap-servers", broker.bootstrapServers());
      Settings settings = new Settings(values);
      Topics.createMissing(broker.admin(), settings, partitions, Optional.empty(), forReplay);
      String name = UUID.randomUUID().toString();
      Configuration cluster = new Configuration();
      CounterTotals.configure(cluster, name);
      flink = LocalFlink.start(cluster, parallelism, restPort);
      StreamExecutionEnvironment env = environment(parallelism);
      MarketGraphJob.define(env, settings);
      JobID job = flink.submit(env, "StreamForge market graph");
      return new EmbeddedJob(broker, flink, settings, job, CounterTotals.named(name));
    } catch (Exception e) {
      if (flink != null) {
        flink.close();
      }
      broker.close();
      throw e;
    }
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    Configuration job = new Configuration();
    // The mini cluster's own configuration does not reach the job.
    job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    job.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
    // A job that cannot go on has to say so.
    job.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    job.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    job.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(job);
    env.setParallelism(parallelism);
    return env;
  }

  CounterTotals counters() {
    return counters;
  }

  public Settings settings() {
    return settings;
  }

  public LocalBroker broker() {
    return broker;
  }

  public LocalFlink flink() {
    return flink;
  }

  public JobID job() {
    return job;
  }

  @Override
  public void close() throws Exception {
    try (broker;
        flink) {
      flink.cancel(job);
    }
  }
}
