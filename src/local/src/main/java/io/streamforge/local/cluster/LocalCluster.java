package io.streamforge.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.job.Settings;
import io.streamforge.job.StreamForgeOptions;
import io.streamforge.local.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  static final String BROKER = "broker";
  static final String ZOOKEEPER = "zookeeper";
  static final String JOB_MANAGER = "jobmanager";
  static final String TASK_MANAGER = "taskmanager-";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int FIRST_METRICS_PORT = 9249;

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

  /** A process that has to come up, and how to know. */
  private record Awaited(ClusterProcess process, Probe probe) {}

  /** Whether something answers; an exception is a no. */
  private interface Probe {
    boolean isUp() throws Exception;
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
      ClusterPlan settled = settle(plan);
      int zooKeeperPort = plan.highlyAvailable() ? freePort() : 0;
      flink = ClusterConfiguration.write(folder, flinkConf(), settled, freePort(), zooKeeperPort);
      state = new ClusterState(settled, zooKeeperPort, List.of());
    }
    Launcher launcher = new Launcher(home, folder, flink);
    List<Awaited> started = new ArrayList<>();
    try {
      for (Awaited process : launch(launcher, state)) {
        started.add(process);
        state = state.with(process.process());
        state.write(folder);
      }
      await(started, progress);
      createTopics(state.plan());
    } catch (IOException | RuntimeException e) {
      end(started.stream().map(Awaited::process).toList());
      throw e;
    }
  }

  private ClusterPlan settle(ClusterPlan plan) throws IOException {
    return new ClusterPlan(
        plan.taskManagers(),
        plan.memory(),
        plan.highlyAvailable(),
        settle(plan.webPort(), "Flink's web UI", "--port"),
        settle(plan.kafkaPort(), "Kafka", "--kafka-port"),
        plan.partitions());
  }

  private static int settle(int port, String what, String option) throws IOException {
    if (port == 0) {
      return freePort();
    }
    if (!isFree(port)) {
      throw new IOException(
          "port %d, for %s, is taken: give another with %s, or 0 for any"
              .formatted(port, what, option));
    }
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket any = new ServerSocket(port);
        ServerSocket local = new ServerSocket()) {
      any.close();
      local.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int metricsPort(Set<Integer> given) {
    int port = FIRST_METRICS_PORT;
    while (given.contains(port) || !isFree(port)) {
      port++;
    }
    given.add(port);
    return port;
  }

  private List<Awaited> launch(Launcher launcher, ClusterState state)
      throws IOException, InterruptedException {
    ClusterPlan plan = state.plan();
    Set<Integer> metricsPorts = new HashSet<>();
    FlinkRest rest = new FlinkRest(plan.webPort());
    List<Awaited> started = new ArrayList<>();
    try {
      if (plan.highlyAvailable() && !state.isRunning(ZOOKEEPER)) {
        started.add(
            new Awaited(launcher.zooKeeper(ZOOKEEPER), () -> isListening(state.zooKeeperPort())));
      }
      if (!state.isRunning(BROKER)) {
        started.add(
            new Awaited(
                launcher.broker(BROKER, plan.kafkaPort()), () -> answers(plan.kafkaPort())));
      }
      if (!state.isRunning(JOB_MANAGER)) {
        started.add(
            new Awaited(
                launcher.jobManager(JOB_MANAGER, metricsPort(metricsPorts)),
                () -> rest.get("/overview").has("slots-total")));
      }
      for (int i = 1; i <= plan.taskManagers(); i++) {
        String name = TASK_MANAGER + i;
        if (!state.isRunning(name)) {
          started.add(
              new Awaited(
                  launcher.taskManager(name, metricsPort(metricsPorts)),
                  () -> isRegistered(rest, name)));
        }
      }
      return started;
    } catch (IOException e) {
      end(started.stream().map(Awaited::process).toList());
      throw e;
    }
  }

  private static boolean isListening(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  private static boolean answers(int kafkaPort) throws Exception {
    if (!isListening(kafkaPort)) { // or the client says aloud that it cannot connect
      return false;
    }
    try (Admin admin = admin(kafkaPort)) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    }
  }

  private static Admin admin(int kafkaPort) {
    return Admin.create(Map.of("bootstrap.servers", "localhost:" + kafkaPort));
  }

  private static boolean isRegistered(FlinkRest rest, String name) throws Exception {
    for (JsonNode taskManager : rest.get("/taskmanagers").get("taskmanagers")) {
      if (taskManager.get("id").asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private void await(List<Awaited> started, Consumer<String> progress)
      throws IOException, InterruptedException {
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

  private static void createTopics(ClusterPlan plan) throws InterruptedException {
    Settings settings =
        new Settings(
            Map.of(StreamForgeOptions.BOOTSTRAP_SERVERS.key(), "localhost:" + plan.kafkaPort()));
    try (Admin admin = admin(plan.kafkaPort())) {
      Topics.createMissing(admin, settings, plan.partitions(), Optional.empty());
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
      for (String name : List.of(ZOOKEEPER, BROKER)) {
        state.get().process(name).ifPresent(services::add);
      }
      flink.removeAll(services);
      end(flink);
      end(services);
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

  private static void end(List<ClusterProcess> processes) throws InterruptedException {
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

  /** Slots of each TaskManager that is registered, by name: free, and all. */
  static Map<String, String> slots(FlinkRest rest) throws IOException, InterruptedException {
    Map<String, String> slots = new LinkedHashMap<>();
    for (JsonNode taskManager : rest.get("/taskmanagers").get("taskmanagers")) {
      slots.put(
          taskManager.get("id").asText(),
          "%d of %d slots free"
              .formatted(
                  taskManager.get("freeSlots").asInt(), taskManager.get("slotsNumber").asInt()));
    }
    return slots;
  }
}
