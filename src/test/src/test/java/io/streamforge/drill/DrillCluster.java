package io.streamforge.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.cli.cluster.ClusterPlan;
import io.streamforge.cli.cluster.FlinkCommandLine;
import io.streamforge.cli.cluster.FlinkRest;
import io.streamforge.cli.cluster.LocalCluster;
import io.streamforge.cli.cluster.Upgrade;
import io.streamforge.testkit.feed.RunTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A cluster of processes with the configuration of flink-conf, the job on it, and its topics. */
final class DrillCluster implements AutoCloseable {
  private static final Path HOME = Path.of(System.getProperty("streamforge.home", "../.."));
  private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final int PARTITIONS = 4;

  private final LocalCluster cluster = new LocalCluster(HOME, HOME.resolve("target/drill"));
  private final FlinkCommandLine flink;
  private final List<String> options;
  private RunTopics topics;
  private String job;

  private DrillCluster(int taskManagers, List<String> options)
      throws IOException, InterruptedException {
    this.options = options;
    // Its processes outlive this one, also where somebody has had enough.
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    cluster.stop(false); // of a drill that was killed
    start(new ClusterPlan(taskManagers, "2g", false, 0, 0, PARTITIONS));
    flink = new FlinkCommandLine(HOME, cluster.folder().resolve("conf"));
  }

  /**
   * Starts one.
   *
   * @param options of Flink's command line, for every job
   */
  static DrillCluster withTaskManagers(int count, String... options)
      throws IOException, InterruptedException {
    return new DrillCluster(count, List.of(options));
  }

  /** Ends the job of the drill before, if there was one, and makes topics for the next one. */
  void begin(String drill) throws IOException, InterruptedException {
    for (JsonNode before : rest().get("/jobs").get("jobs")) {
      if (before.get("status").asText().equals("RUNNING")) {
        flink.run(List.of("cancel", before.get("id").asText()));
      }
    }
    topics = new RunTopics("localhost:" + plan().kafkaPort(), "drill-" + drill);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", topics.bootstrapServers()))) {
      topics.create(admin, PARTITIONS);
      // Kafka makes the topic of committed offsets for whoever asks first. A source that commits
      // meanwhile fails (the connector's commit meets its own wake-up), and a drill has to have no
      // failure but its own.
      admin.listConsumerGroupOffsets("drill").partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      throw new IOException("Kafka's topic of committed offsets cannot be had", e);
    }
  }

  private void start(ClusterPlan plan) throws IOException, InterruptedException {
    cluster.start(plan, System.err::println);
  }

  private ClusterPlan plan() throws IOException {
    return cluster.runningPlan().orElseThrow(() -> new IOException("the cluster has ended"));
  }

  RunTopics topics() {
    return topics;
  }

  /** Of each topic in. */
  int partitions() {
    return PARTITIONS;
  }

  /**
   * Submits the job.
   *
   * @param settings of the job
   * @param options of Flink's command line
   */
  void submit(int parallelism, Map<String, String> settings, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("run", "-t", "remote", "-d", "-p", String.valueOf(parallelism)));
    command.addAll(this.options);
    command.addAll(List.of(options));
    command.add(jar().toString());
    command.addAll(arguments(settings));
    job = flink.run(JOB, command);
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("jobs/market-graph/target"))) {
      return files
          .filter(file -> file.toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no jar in jobs/market-graph/target"));
    }
  }

  private List<String> arguments(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(topics.settings());
    // The feed sends heartbeats: to wait for a partition is right, however long a drill takes.
    all.put("source.max-behind", "0 s");
    all.put("kafka.bootstrap-servers", topics.bootstrapServers());
    // A machine that a drill keeps busy is no reason not to start the job.
    all.put("kafka.properties.default.api.timeout.ms", "60000");
    all.putAll(settings);
    List<String> arguments = new ArrayList<>();
    all.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return arguments;
  }

  /** Starts more TaskManagers, and the job anew from a savepoint at another parallelism. */
  void scale(int taskManagers, int parallelism) throws IOException, InterruptedException {
    ClusterPlan now = plan();
    start(
        new ClusterPlan(
            taskManagers,
            now.memory(),
            now.highlyAvailable(),
            now.webPort(),
            now.kafkaPort(),
            now.partitions()));
    new Upgrade(flink, System.err::println).run(job, jar(), parallelism, arguments(Map.of()));
  }

  /** Waits until the job has completed another checkpoint. */
  void awaitCheckpoint() throws IOException, InterruptedException {
    long before = checkpoints();
    while (checkpoints() == before) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private long checkpoints() throws IOException, InterruptedException {
    return rest().get("/jobs/" + job + "/checkpoints").at("/counts/completed").asLong();
  }

  private FlinkRest rest() throws IOException {
    return new FlinkRest(plan().webPort());
  }

  /** Ends a TaskManager that works for the job, so that it cannot do anything about it. */
  void killTaskManager() throws Exception {
    for (JsonNode taskManager : rest().get("/taskmanagers").get("taskmanagers")) {
      if (taskManager.get("freeSlots").asInt() < taskManager.get("slotsNumber").asInt()) {
        ProcessHandle process = cluster.process(taskManager.get("id").asText()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(1, TimeUnit.MINUTES);
        return;
      }
    }
    throw new IOException("no TaskManager works");
  }

  /** Starts again what was killed. */
  void heal() throws IOException, InterruptedException {
    start(plan());
  }

  private void end() {
    try {
      close();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    cluster.stop(false);
  }
}
