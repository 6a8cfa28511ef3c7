package io.streamforge.bench.throughput.flink;

import io.streamforge.bench.load.MarketSettings;
import io.streamforge.cli.cluster.LocalFlink;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.testkit.feed.RunTopics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink in this JVM with as many slots as a job on it needs, and the job. */
public final class FlinkRun implements AutoCloseable {
  // What Flink leaves for RocksDB of taskmanager.memory.process.size 2g with its other defaults:
  // 40 % of 2048 MB less 256 MB of metaspace and 10 % of overhead.
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(635);

  private final LocalFlink flink;
  private final JobID job;

  private FlinkRun(Configuration cluster, Consumer<StreamExecutionEnvironment> definition)
      throws Exception {
    int parallelism = cluster.getOptional(CoreOptions.DEFAULT_PARALLELISM).orElse(1);
    flink =
        LocalFlink.start(
            new Configuration().set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY),
            parallelism,
            0);
    try {
      StreamExecutionEnvironment env = new StreamExecutionEnvironment(cluster);
      env.setParallelism(parallelism);
      definition.accept(env);
      job = flink.submit(env, "bench");
    } catch (Exception e) {
      flink.close();
      throw e;
    }
  }

  /**
   * Ours: the job as users run it.
   *
   * @param all settings of the job, with their prefix, and of Flink that differ from the defaults
   */
  public static FlinkRun ours(RunTopics topics, Map<String, String> all) throws Exception {
    Settings settings = MarketSettings.of(topics, all);
    return new FlinkRun(Configuration.fromMap(all), env -> MarketGraphJob.define(env, settings));
  }

  /** Ours, which also writes market events. */
  public static FlinkRun withEvents(RunTopics topics, Map<String, String> all) throws Exception {
    Map<String, String> settings = new HashMap<>(all);
    settings.put(MarketGraphOptions.MARKET_EVENTS_TOPIC.key(), topics.events());
    return ours(topics, settings);
  }

  /** F0. */
  public static FlinkRun idiomatic(RunTopics topics) throws Exception {
    return new FlinkRun(new Configuration(), env -> IdiomaticJob.define(env, topics));
  }

  @Override
  public void close() throws Exception {
    try (flink) {
      flink.failure(job).ifPresent(Throwable::printStackTrace); // else a wrong answer says no more
      flink.cancel(job);
    }
  }
}
