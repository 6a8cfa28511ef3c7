package io.streamforge.cli.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of a cluster, as it is remembered.
 *
 * @param pid its process id
 * @param startedMs when it began, for another process may have its id by now
 * @param metricsPort where Prometheus finds its metrics, 0 for nowhere
 */
public record ClusterProcess(String name, long pid, long startedMs, int metricsPort) {
  static final String BROKER = "broker";
  static final String ZOOKEEPER = "zookeeper";
  static final String JOB_MANAGER = "jobmanager";

  /** And a number. */
  static final String TASK_MANAGER = "taskmanager-";

  /** When the system's clock is set, so are the times at which its processes began. */
  private static final long CLOCK_ERROR_MS = 5_000;

  static ClusterProcess of(String name, ProcessHandle process, int metricsPort) {
    return new ClusterProcess(name, process.pid(), startMs(process), metricsPort);
  }

  private static long startMs(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** The process, if it still runs. */
  @JsonIgnore
  Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> Math.abs(startMs(handle) - startedMs) < CLOCK_ERROR_MS);
  }

  /** How long ago it began. */
  @JsonIgnore
  Duration age() {
    return Duration.ofMillis(System.currentTimeMillis() - startedMs);
  }

  /** Ends processes, one way or the other. */
  static void end(List<ClusterProcess> processes) throws InterruptedException {
    List<ProcessHandle> running =
        processes.stream().flatMap(process -> process.running().stream()).toList();
    running.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : running) {
      try {
        process.onExit().get(30, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        process.destroyForcibly();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
