package io.streamforge.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cluster}: Kafka and Flink as separate processes. */
@Command(
    name = "cluster",
    description =
        "Kafka, a JobManager and TaskManagers as processes of their own on this machine, with the configuration of"
            + " flink-conf. `streamforge flink` is Flink's command line for them.",
    mixinStandardHelpOptions = true)
public final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  /** In the folder that the environment names, or the project's own. */
  static LocalCluster cluster() {
    Path home = Path.of(System.getProperty("streamforge.home", "."));
    String folder = System.getenv("STREAMFORGE_CLUSTER");
    return new LocalCluster(
        home, folder == null ? home.resolve("target/cluster") : Path.of(folder));
  }

  @Command(
      name = "start",
      description =
          "Starts what does not run of it, and returns when all of it answers. With data of an earlier one, if that was"
              + " stopped with --keep.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int start(
      @Option(
              names = "--taskmanagers",
              paramLabel = "N",
              description = "How many TaskManagers. Default: 1.")
          Integer taskManagers,
      @Option(
              names = "--memory",
              paramLabel = "SIZE",
              description = "Memory profile of a TaskManager: 2g, 8g or 32g. Default: 2g.")
          String memory,
      @Option(
              names = "--ha",
              description =
                  "With a ZooKeeper, by which a JobManager that died finds its jobs again.")
          Boolean highlyAvailable,
      @Option(
              names = "--port",
              paramLabel = "PORT",
              description = "Port of Flink's web UI and REST API, 0 for any. Default: 8081.")
          Integer webPort,
      @Option(
              names = "--kafka-port",
              paramLabel = "PORT",
              description = "Port of Kafka, 0 for any. Default: 9092.")
          Integer kafkaPort,
      @Option(
              names = "--partitions",
              paramLabel = "N",
              description = "Partitions of the job's topics, which are created. Default: 4.")
          Integer partitions)
      throws IOException, InterruptedException {
    LocalCluster cluster = cluster();
    if ((taskManagers != null && taskManagers < 1) || (partitions != null && partitions < 1)) {
      throw new IllegalArgumentException("--taskmanagers and --partitions must be at least 1");
    }
    List<String> profiles = ClusterConfiguration.memoryProfiles(cluster.flinkConf());
    if (memory != null && !profiles.contains(memory)) {
      throw new IllegalArgumentException(
          "--memory is '%s', must be one of %s".formatted(memory, String.join(", ", profiles)));
    }
    Optional<ClusterPlan> running = cluster.runningPlan();
    ClusterPlan plan =
        new ClusterPlan(
            taskManagers(taskManagers, running),
            chosen("--memory", memory, running, ClusterPlan::memory, "2g"),
            chosen("--ha", highlyAvailable, running, ClusterPlan::highlyAvailable, false),
            chosen("--port", webPort, running, ClusterPlan::webPort, 8081),
            chosen("--kafka-port", kafkaPort, running, ClusterPlan::kafkaPort, 9092),
            chosen("--partitions", partitions, running, ClusterPlan::partitions, 4));
    cluster.start(plan, System.out::println);
    return print(cluster);
  }

  private static int taskManagers(Integer given, Optional<ClusterPlan> running) {
    int now = running.map(ClusterPlan::taskManagers).orElse(1);
    if (given != null && running.isPresent() && given < now) {
      throw new IllegalArgumentException(
          "--taskmanagers is %d, but the cluster runs with %d: stop it first"
              .formatted(given, now));
    }
    return given == null ? now : given;
  }

  private static <T> T chosen(
      String option,
      T given,
      Optional<ClusterPlan> running,
      Function<ClusterPlan, T> ofRunning,
      T otherwise) {
    if (running.isEmpty()) {
      return given == null ? otherwise : given;
    }
    T now = ofRunning.apply(running.get());
    if (given != null && !Objects.equals(given, now)) {
      throw new IllegalArgumentException(
          "%s is %s, but the cluster runs with %s: stop it first".formatted(option, given, now));
    }
    return now;
  }

  @Command(
      name = "stop",
      description = "Ends all of it, and deletes its data: topics, checkpoints, savepoints.",
      mixinStandardHelpOptions = true)
  int stop(
      @Option(names = "--keep", description = "Keep the data for the next start.") boolean keep)
      throws IOException, InterruptedException {
    LocalCluster cluster = cluster();
    boolean ran = cluster.runningPlan().isPresent();
    cluster.stop(keep);
    System.out.printf(
        "%s; its logs are in %s%n",
        ran ? "The cluster is stopped" : "No cluster ran", cluster.folder().resolve("log"));
    return 0;
  }

  @Command(
      name = "status",
      description =
          "Says what runs of it, where it answers, and its jobs. The exit status is 0 if all of it runs.",
      mixinStandardHelpOptions = true)
  int status() throws IOException, InterruptedException {
    return print(cluster());
  }

  private static int print(LocalCluster cluster) throws IOException, InterruptedException {
    Optional<ClusterState> state = cluster.state();
    if (state.isEmpty()) {
      System.out.println("No cluster. `streamforge cluster start` starts one.");
      return 1;
    }
    FlinkRest rest = new FlinkRest(state.get().plan().webPort());
    Map<String, String> slots = Map.of();
    List<String> jobs = new ArrayList<>();
    try {
      slots = rest.slots();
      for (JsonNode job : rest.get("/jobs/overview").get("jobs")) {
        jobs.add(
            "%s  %s  %s"
                .formatted(
                    job.get("jid").asText(), job.get("state").asText(), job.get("name").asText()));
      }
    } catch (IOException e) {
      jobs.add("unknown: Flink does not answer");
    }
    List<String> others = new ArrayList<>();
    boolean complete = true;
    System.out.printf("%n%-14s %8s  %-8s  %s%n", "process", "PID", "for", "answers at");
    for (ClusterProcess process : state.get().processes()) {
      boolean running = process.running().isPresent();
      complete &= running;
      if (running && process.name().startsWith(ClusterProcess.TASK_MANAGER)) {
        others.addAll(foreignWriters(process));
      }
      System.out.printf(
          "%-14s %8s  %-8s  %s%n",
          process.name(),
          running ? process.pid() : "-",
          running ? text(process.age()) : "ended",
          running
              ? address(state.get(), process, slots)
              : "see " + Launcher.firstToRead(cluster.folder(), process.name()));
    }
    if (!others.isEmpty()) {
      System.out.printf(
          "%nother writers: %s%n(StreamForgeForeignWriters in flink-conf/RUNBOOK.md)%n",
          String.join("\n               ", others));
    }
    System.out.printf(
        "%njobs: %s%nlogs: %s%n",
        jobs.isEmpty() ? "none" : String.join("\n      ", jobs), cluster.folder().resolve("log"));
    return complete ? 0 : 1;
  }

  private static List<String> foreignWriters(ClusterProcess taskManager)
      throws InterruptedException {
    try {
      return ForeignWritersSeen.at(taskManager.metricsPort());
    } catch (IOException e) {
      return List.of(); // said by the slots that it does not register
    }
  }

  private static String address(
      ClusterState state, ClusterProcess process, Map<String, String> slots) {
    String metrics =
        process.metricsPort() == 0
            ? ""
            : ", metrics at http://localhost:%d/metrics".formatted(process.metricsPort());
    return switch (process.name()) {
      case ClusterProcess.BROKER -> "localhost:" + state.plan().kafkaPort();
      case ClusterProcess.ZOOKEEPER -> "localhost:" + state.zooKeeperPort();
      case ClusterProcess.JOB_MANAGER ->
          "http://localhost:%d%s".formatted(state.plan().webPort(), metrics);
      default -> slots.getOrDefault(process.name(), "not registered") + metrics;
    };
  }

  private static String text(Duration age) {
    return age.toHours() > 0
        ? "%d h %d min".formatted(age.toHours(), age.toMinutesPart())
        : age.toMinutes() > 0
            ? "%d min".formatted(age.toMinutes())
            : "%d s".formatted(age.toSeconds());
  }
}
