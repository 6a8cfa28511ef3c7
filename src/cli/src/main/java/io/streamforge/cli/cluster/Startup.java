package io.streamforge.cli.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** The processes that a start adds to a cluster, from their launch until each of them answers. */
final class Startup {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Path folder;
  private final List<Awaited> started = new ArrayList<>();
  private ClusterState state;

  /** A process that has to come up, and how to know. */
  private record Awaited(ClusterProcess process, Probe probe) {}

  /** Whether something answers; an exception is a no. */
  private interface Probe {
    boolean isUp() throws Exception;
  }

  /**
   * @param folder of the cluster
   * @param state with what runs already
   */
  Startup(Path folder, ClusterState state) {
    this.folder = folder;
    this.state = state;
  }

  /** Launches what does not run, and remembers it. */
  void launch(Launcher launcher) throws IOException {
    ClusterPlan plan = state.plan();
    Ports ports = new Ports();
    FlinkRest rest = new FlinkRest(plan.webPort());
    if (plan.highlyAvailable() && !state.isRunning(ClusterProcess.ZOOKEEPER)) {
      int port = state.zooKeeperPort();
      add(launcher.zooKeeper(ClusterProcess.ZOOKEEPER), () -> Ports.isListening(port));
    }
    if (!state.isRunning(ClusterProcess.BROKER)) {
      add(
          launcher.broker(ClusterProcess.BROKER, plan.kafkaPort()),
          () -> answers(plan.kafkaPort()));
    }
    if (!state.isRunning(ClusterProcess.JOB_MANAGER)) {
      add(
          launcher.jobManager(ClusterProcess.JOB_MANAGER, ports.metrics()),
          () -> rest.get("/overview").has("slots-total"));
    }
    for (int i = 1; i <= plan.taskManagers(); i++) {
      String name = ClusterProcess.TASK_MANAGER + i;
      if (!state.isRunning(name)) {
        add(launcher.taskManager(name, ports.metrics()), () -> rest.slots().containsKey(name));
      }
    }
  }

  private void add(ClusterProcess process, Probe probe) throws IOException {
    started.add(new Awaited(process, probe));
    state = state.with(process);
    state.write(folder);
  }

  private static boolean answers(int kafkaPort) throws Exception {
    if (!Ports.isListening(kafkaPort)) { // or the client says aloud that it cannot connect
      return false;
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + kafkaPort))) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    }
  }

  /**
   * Returns when all of them answer.
   *
   * @param progress told a line for each process
   * @throws IOException if one has ended, or does not answer for long
   */
  void await(Consumer<String> progress) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    List<Awaited> pending = new ArrayList<>(started);
    while (!pending.isEmpty()) {
      for (Awaited awaited : List.copyOf(pending)) {
        String name = awaited.process().name();
        if (awaited.process().running().isEmpty()) {
          throw new IOException(
              name + " has ended before it was up: see " + Launcher.firstToRead(folder, name));
        }
        if (isUp(awaited.probe())) {
          pending.remove(awaited);
          progress.accept(
              "%s is up after %.1f s".formatted(name, (System.nanoTime() - begin) / 1e9));
        }
      }
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        String name = pending.get(0).process().name();
        throw new IOException(
            "%s is not up after %d s: see %s"
                .formatted(name, PATIENCE.toSeconds(), Launcher.firstToRead(folder, name)));
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private static boolean isUp(Probe probe) throws InterruptedException {
    try {
      return probe.isUp();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return false; // not yet
    }
  }

  /** Ends what was launched. */
  void undo() throws InterruptedException {
    ClusterProcess.end(started.stream().map(Awaited::process).toList());
  }
}
