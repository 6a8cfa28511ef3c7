package io.streamforge.cli.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.FileUtils;

/**
 * A Flink cluster in this JVM: a JobManager with its web UI, and one TaskManager.
 *
 * <p>Its working files are deleted when it is closed, and with them the checkpoints, unless the
 * settings send them elsewhere. What the cluster refuses is an {@link IllegalStateException}.
 */
public final class LocalFlink implements AutoCloseable {
  private final Path folder;
  private final MiniCluster cluster;
  private int taskManager;

  private LocalFlink(Path folder, MiniCluster cluster) {
    this.folder = folder;
    this.cluster = cluster;
  }

  /**
   * Starts a cluster and waits until it takes jobs.
   *
   * @param settings Flink's own; they win over what is chosen here. The folder of the checkpoints
   *     is one of them, their interval is the job's
   * @param slots how many subtasks of one operator can run
   * @param restPort of the web UI and the REST API, 0 for any that is free
   * @throws IOException if the cluster does not start, for one because the port is taken
   */
  public static LocalFlink start(Configuration settings, int slots, int restPort)
      throws IOException {
    // At the top of the temporary folder, because RocksDB takes no long paths.
    Path folder = Files.createTempDirectory("sf-flink-");
    Configuration all = defaults(folder, restPort);
    all.addAll(settings);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(all)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
      return new LocalFlink(folder, cluster);
    } catch (Exception e) {
      FileUtils.deleteDirectory(folder.toFile());
      throw new IOException("Flink does not start with its web UI on port " + restPort, e);
    }
  }

  private static Configuration defaults(Path folder, int restPort) {
    return new Configuration()
        .set(RestOptions.ADDRESS, "localhost")
        .set(RestOptions.BIND_ADDRESS, "localhost")
        .set(RestOptions.BIND_PORT, String.valueOf(restPort))
        .set(WebOptions.SUBMIT_ENABLE, false)
        .set(WebOptions.TMP_DIR, folder.toString())
        .set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false)
        // What RocksDB of all slots shares.
        .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256))
        .set(CoreOptions.TMP_DIRS, folder.toString())
        .set(ClusterOptions.PROCESS_WORKING_DIR_BASE, folder.toString())
        .set(RocksDBOptions.LOCAL_DIRECTORIES, folder.toString())
        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:" + folder.resolve("checkpoints"));
  }

  /** Submits a job and returns its id, without waiting for it to run. */
  public JobID submit(StreamExecutionEnvironment env, String name) throws InterruptedException {
    return submit(env, name, SavepointRestoreSettings.none());
  }

  /** Submits a job that goes on from a savepoint, and returns its id, without waiting for it. */
  public JobID submit(StreamExecutionEnvironment env, String name, Path savepoint)
      throws InterruptedException {
    return submit(
        env, name, SavepointRestoreSettings.forPath(savepoint.toAbsolutePath().toUri().toString()));
  }

  private JobID submit(StreamExecutionEnvironment env, String name, SavepointRestoreSettings from)
      throws InterruptedException {
    StreamGraph plan = env.getStreamGraph();
    plan.setJobName(name);
    JobGraph job = plan.getJobGraph();
    job.setSavepointRestoreSettings(from);
    return result(cluster.submitJob(job)).getJobID();
  }

  /**
   * Makes a savepoint of a job, which goes on, and returns where it is.
   *
   * @param folder in which it gets a folder of its own
   */
  public Path savepoint(JobID job, Path folder) throws InterruptedException {
    String target = folder.toAbsolutePath().toUri().toString();
    return Path.of(
        URI.create(
            result(cluster.triggerSavepoint(job, target, false, SavepointFormatType.CANONICAL))));
  }

  /** Where a browser finds the web UI, and a program the REST API. */
  public URI webUi() throws InterruptedException {
    return result(cluster.getRestAddress());
  }

  /** Cancels a job, and returns when that is under way. */
  public void cancel(JobID job) throws InterruptedException {
    result(cluster.cancelJob(job));
  }

  /** What a job is doing. */
  public JobStatus state(JobID job) throws InterruptedException {
    return result(cluster.getJobStatus(job));
  }

  /** What made a job fail or restart last, if anything did. */
  public Optional<Throwable> failure(JobID job) throws InterruptedException {
    return Optional.ofNullable(result(cluster.getExecutionGraph(job)).getFailureInfo())
        .map(ErrorInfo::getException);
  }

  /** How many checkpoints a job has completed since it was submitted. */
  public long completedCheckpoints(JobID job) throws InterruptedException {
    CheckpointStatsSnapshot stats =
        result(cluster.getExecutionGraph(job)).getCheckpointStatsSnapshot();
    return stats == null ? 0 : stats.getCounts().getNumberOfCompletedCheckpoints();
  }

  /** Ends the TaskManager under its tasks, and starts another: the jobs fail and recover. */
  public void restartTaskManager() throws Exception {
    result(cluster.terminateTaskManager(taskManager));
    cluster.startTaskManager();
    taskManager++;
  }

  /** Ends the jobs and the cluster, and deletes its files. */
  @Override
  public void close() throws Exception {
    cluster.close();
    FileUtils.deleteDirectory(folder.toFile());
  }

  private static <T> T result(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }
}
