package io.streamforge.e2e;

import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.cli.cluster.LocalFlink;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * A broker and a Flink that run market-graph jobs under names of their own, exactly once if nothing
 * else is said.
 */
final class NamedJobs implements AutoCloseable {
  private final LocalBroker broker;
  private final LocalFlink flink;
  private final Duration checkpointInterval;

  /**
   * @param folder of the broker
   * @param slots how many jobs can run
   */
  NamedJobs(Path folder, int slots, Duration checkpointInterval) throws Exception {
    this.broker = LocalBroker.start(folder);
    Configuration cluster = new Configuration();
    cluster.setString("metrics.fetcher.update-interval", "100 ms");
    this.flink = LocalFlink.start(cluster, slots, 0);
    this.checkpointInterval = checkpointInterval;
  }

  LocalBroker broker() {
    return broker;
  }

  LocalFlink flink() {
    return flink;
  }

  /** Settings of a job, whose topics there are then. */
  Settings settings(Map<String, String> own) throws Exception {
    Map<String, String> settings = new HashMap<>(own);
    settings.put("kafka.bootstrap-servers", broker.bootstrapServers());
    settings.putIfAbsent("sink.delivery-guarantee", "exactly-once");
    settings.putIfAbsent("source.max-behind", "0 s"); // the feed sends heartbeats
    Settings all = new Settings(settings);
    Topics.createMissing(broker.admin(), all, 1, Optional.empty(), true);
    return all;
  }

  JobID submit(Settings settings) throws Exception {
    return flink.submit(defined(settings), settings.title());
  }

  JobID submit(Settings settings, Path savepoint) throws Exception {
    return flink.submit(defined(settings), settings.title(), savepoint);
  }

  private StreamExecutionEnvironment defined(Settings settings) {
    Configuration job =
        new Configuration().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(job);
    env.setParallelism(1);
    MarketGraphJob.define(env, settings);
    return env;
  }

  /** All transactional ids that the broker knows. */
  Set<String> transactionalIds() throws Exception {
    return ids(new ListTransactionsOptions());
  }

  /** Those of transactions that are neither committed nor aborted. */
  Set<String> openTransactions() throws Exception {
    return ids(
        new ListTransactionsOptions()
            .filterStates(Set.of(TransactionState.ONGOING, TransactionState.PREPARE_ABORT)));
  }

  private Set<String> ids(ListTransactionsOptions options) throws Exception {
    return broker.admin().listTransactions(options).all().get().stream()
        .map(TransactionListing::transactionalId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void close() throws Exception {
    try (broker) {
      flink.close();
    }
  }
}
