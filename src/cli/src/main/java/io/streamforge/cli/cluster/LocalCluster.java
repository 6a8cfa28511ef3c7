package io.streamforge.cli.cluster;

import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.runtime.KafkaOptions;
import io.streamforge.topic.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kafka and Flink on this machine as they run in production: a broker, a JobManager and
 * TaskManagers in processes of their own, which outlive the command that starts them. What they
 * write stands in one folder.
 */
public final class LocalCluster {
  private final Path home;
  private final Path folder;

  /**
   * @param home of the project, with flink-conf
   * @param folder where all of it is
   */
  public LocalCluster(Path home, Path folder) {
    this.home = home.toAbsolutePath().normalize();
    this.folder = folder.toAbsolutePath().normalize();
  }

  public Path folder() {
    return folder;
  }

  Path home() {
    return home;
  }

  Path flinkConf() {
    return home.resolve("flink-conf");
  }

  /** What was started last, if it has not been stopped. */
  Optional<ClusterState> state() throws IOException {
    return ClusterState.read(folder);
  }

  /** What the cluster runs by, if any of it runs. */
  public Optional<ClusterPlan> runningPlan() throws IOException {
    return state().filter(ClusterState::isAnyRunning).map(ClusterState::plan);
  }

  /** Where Prometheus finds the metrics of one of its processes. */
  public Optional<Integer> metricsPort(String name) throws IOException {
    return state().flatMap(state -> state.process(name)).map(ClusterProcess::metricsPort);
  }

  /** One of its processes, if that runs. */
  public Optional<ProcessHandle> process(String name) throws IOException {
    return state().flatMap(state -> state.process(name)).flatMap(ClusterProcess::running);
  }

  /**
   * Starts what does not run of a cluster, and returns when all of it answers. The processes that
   * were started are ended again if one of them does not come up.
   *
   * @param plan of a cluster of which something runs already: its own, or one of more TaskManagers
   * @param progress told a line for each process
   * @throws IOException if a port is taken, or a process ends
   */
  public void start(ClusterPlan plan, Consumer<String> progress)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("log"));
    Files.createDirectories(folder.resolve("tmp"));
    Optional<ClusterState> before = state().filter(ClusterState::isAnyRunning);
    ClusterState state;
    Configuration flink;
    if (before.isPresent()) {
      state = new ClusterState(plan, before.get().zooKeeperPort(), before.get().processes());
      flink = GlobalConfiguration.loadConfiguration(folder.resolve("conf").toString());
    } else {
      ClusterPlan settled = Ports.settle(plan);
      int zooKeeperPort = plan.highlyAvailable() ? Ports.free() : 0;
      flink = ClusterConfiguration.write(folder, flinkConf(), settled, Ports.free(), zooKeeperPort);
      state = new ClusterState(settled, zooKeeperPort, List.of());
    }
    Startup startup = new Startup(folder, state);
    try {
      startup.launch(new Launcher(home, folder, flink));
      startup.await(progress);
      createTopics(state.plan());
    } catch (IOException | RuntimeException e) {
      startup.undo();
      throw e;
    }
  }

  private static void createTopics(ClusterPlan plan) throws InterruptedException {
    Settings settings =
        new Settings(
            Map.of(
                KafkaOptions.BOOTSTRAP_SERVERS.key(),
                "localhost:" + plan.kafkaPort(),
                MarketGraphOptions.MARKET_EVENTS_TOPIC.key(), // for jobs that are to write it
                TopicNames.MARKET_EVENTS));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()))) {
      // Recordings are what is played into it.
      Topics.createMissing(admin, settings, plan.partitions(), Optional.empty(), true);
    }
  }

  /**
   * Ends all processes.
   *
   * @param keep whether its data stays for the next start; its logs do
   */
  public void stop(boolean keep) throws IOException, InterruptedException {
    Optional<ClusterState> state = state();
    if (state.isPresent()) {
      List<ClusterProcess> flink = new ArrayList<>(state.get().processes());
      List<ClusterProcess> services = new ArrayList<>();
      for (String name : List.of(ClusterProcess.ZOOKEEPER, ClusterProcess.BROKER)) {
        state.get().process(name).ifPresent(services::add);
      }
      flink.removeAll(services);
      ClusterProcess.end(flink);
      ClusterProcess.end(services);
    }
    if (!keep && Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          if (!file.getFileName().toString().equals("log")) {
            FileUtils.deleteFileOrDirectory(file.toFile());
          }
        }
      }
    }
  }
}
