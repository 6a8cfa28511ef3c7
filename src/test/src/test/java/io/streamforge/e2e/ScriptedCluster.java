package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.cli.cluster.ClusterPlan;
import io.streamforge.cli.cluster.FlinkRest;
import io.streamforge.cli.cluster.LocalCluster;
import io.streamforge.marketgraph.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/** A cluster of real processes in a folder of its own, as a person has it: by the script. */
final class ScriptedCluster implements AutoCloseable {
  static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

  private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

  private final Path folder;
  private final LocalCluster cluster;

  /** What a command said, on both streams, and how it ended. */
  record Said(int status, String text) {
    String first(Pattern pattern) {
      Matcher matcher = pattern.matcher(text);
      assertThat(matcher.find()).as(text).isTrue();
      return matcher.group(1);
    }
  }

  ScriptedCluster(Path folder) {
    this.folder = folder;
    this.cluster = new LocalCluster(HOME, folder);
  }

  /** Runs {@code ./streamforge} to its end, whatever that is. */
  Said tried(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("streamforge").toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("streamforge-", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("STREAMFORGE_CLUSTER", folder.toString());
    builder.environment().put("STREAMFORGE_NO_BUILD", "true"); // Maven has built it, and waits
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(command.toString()).isTrue();
      return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** Runs {@code ./streamforge}, which has to go well. */
  Said run(String... arguments) throws IOException, InterruptedException {
    Said said = tried(arguments);
    assertThat(said.status()).as(said.text()).isZero();
    return said;
  }

  /** Starts it on free ports, or starts again what does not run of it. */
  void start(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("cluster", "start"));
    if (cluster.runningPlan().isEmpty()) {
      command.addAll(List.of("--port", "0", "--kafka-port", "0"));
    }
    command.addAll(List.of(options));
    run(command.toArray(String[]::new));
  }

  /** Submits the job, and returns its id. */
  String submit(int parallelism, String... options) throws IOException, InterruptedException {
    return submit(parallelism, Map.of(), options);
  }

  /** Submits the job with settings of its own, and returns its id. */
  String submit(int parallelism, Map<String, String> settings, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("flink", "run", "-t", "remote", "-d", "-p", String.valueOf(parallelism)));
    command.addAll(List.of(options));
    command.add(jobJar().toString());
    Map<String, String> all = new TreeMap<>(settings);
    // The feed sends heartbeats: to wait for a partition is right, however long a failure takes.
    all.putIfAbsent("source.max-behind", "0 s");
    all.put("sink.market-events.topic", "market-events");
    all.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return run(command.toArray(String[]::new)).first(JOB);
  }

  /** Ends a job with a savepoint, and returns where that is. */
  String stop(String job) throws IOException, InterruptedException {
    return run("flink", "stop", job).first(SAVEPOINT);
  }

  String savepoint(String job) throws IOException, InterruptedException {
    return run("flink", "savepoint", job).first(SAVEPOINT);
  }

  static Path jobJar() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("jobs/market-graph/target"))) {
      return files.filter(file -> file.toString().endsWith("-job.jar")).findFirst().orElseThrow();
    }
  }

  ClusterPlan plan() throws IOException {
    return cluster.runningPlan().orElseThrow();
  }

  /** As the job has them. */
  Settings settings() throws IOException {
    return new Settings(
        Replays.withEvents(Map.of("kafka.bootstrap-servers", "localhost:" + plan().kafkaPort())));
  }

  ProcessHandle process(String name) throws IOException {
    return cluster.process(name).orElseThrow();
  }

  int metricsPort(String name) throws IOException {
    return cluster.metricsPort(name).orElseThrow();
  }

  /** Ends a process so that it cannot do anything about it. */
  void kill(String name) throws Exception {
    ProcessHandle process = process(name);
    process.destroyForcibly();
    process.onExit().get(1, TimeUnit.MINUTES);
  }

  /** Sends a process a signal, such as STOP or CONT. */
  void signal(String name, String signal) throws IOException, InterruptedException {
    String pid = String.valueOf(process(name).pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor())
        .isZero();
  }

  FlinkRest rest() throws IOException {
    return new FlinkRest(plan().webPort());
  }

  /** States of the cluster's jobs by id. */
  Map<String, String> jobs() throws IOException, InterruptedException {
    Map<String, String> states = new TreeMap<>();
    for (JsonNode job : rest().get("/jobs/overview").get("jobs")) {
      states.put(job.get("jid").asText(), job.get("state").asText());
    }
    return states;
  }

  /** Checkpoints that a job has completed since the JobManager knows it. */
  long checkpoints(String job) {
    return count(job, "completed");
  }

  long failedCheckpoints(String job) {
    return count(job, "failed");
  }

  /** How often a job has gone on from a checkpoint since the JobManager knows it. */
  long restored(String job) {
    return count(job, "restored");
  }

  // A JobManager that is busy, or begins, may not answer, or not know the job yet.
  private long count(String job, String which) {
    return patiently()
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> rest().get("/jobs/" + job + "/checkpoints").at("/counts/" + which).asLong(),
            count -> true);
  }

  /** Waits until a job has completed some more checkpoints. */
  void awaitCheckpoints(String job, int more) {
    long before = checkpoints(job);
    patiently().until(() -> checkpoints(job) >= before + more);
  }

  /** Waits until a job has gone on from a checkpoint so often, and runs. */
  void awaitRestored(String job, long times) {
    patiently().until(() -> restored(job) >= times);
    awaitRunning(job);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100));
  }

  /** Waits until every subtask of a job runs. */
  void awaitRunning(String job) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(
            () -> {
              for (JsonNode vertex : rest().get("/jobs/" + job).get("vertices")) {
                if (!vertex.get("status").asText().equals("RUNNING")) {
                  return false;
                }
              }
              return true;
            });
  }

  @Override
  public void close() throws IOException, InterruptedException {
    cluster.stop(false);
  }
}
