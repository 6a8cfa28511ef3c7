package io.streamforge.runtime;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.rocksdb.CompressionType;

/** What the job needs of Flink, and what it prefers where the cluster's configuration is silent. */
public final class FlinkPreferences {
  private final ReadableConfig cluster;
  private final Configuration job = new Configuration();

  private FlinkPreferences(ReadableConfig cluster) {
    this.cluster = cluster;
  }

  /** What is to be set over a cluster's configuration. */
  public static Configuration over(ReadableConfig cluster) {
    FlinkPreferences preferences = new FlinkPreferences(cluster);
    preferences.need();
    preferences.prefer();
    return preferences.job;
  }

  private void need() {
    job.set(PipelineOptions.GENERIC_TYPES, false);
    job.set(PipelineOptions.OBJECT_REUSE, true); // values are never changed after they were sent
  }

  private void prefer() {
    prefer(StateBackendOptions.STATE_BACKEND, "rocksdb");
    prefer(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    prefer(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    // Flink's own 10 minutes would, twice, be more than Kafka keeps a transaction.
    prefer(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(2));
    prefer(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // Flink's own 100 ms would be waited for twice between the record that completes a sample and
    // its
    // graph; under load buffers are full before either.
    prefer(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(5));
    // Pages are delta-coded: compressing them again saves a third and is most of the pause at a
    // checkpoint, in which RocksDB writes out what it has in memory.
    prefer(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, List.of(CompressionType.NO_COMPRESSION));
  }

  private <T> void prefer(ConfigOption<T> option, T value) {
    if (cluster.getOptional(option).isEmpty()) {
      job.set(option, value);
    }
  }
}
