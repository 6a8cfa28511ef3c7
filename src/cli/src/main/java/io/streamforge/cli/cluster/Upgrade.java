package io.streamforge.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** From one job to the next, by a savepoint. */
public final class Upgrade {
  static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (.+)");
  static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(500);

  private final FlinkCommandLine flink;
  private final FlinkRest rest;
  private final Consumer<String> progress;

  public Upgrade(FlinkCommandLine flink, Consumer<String> progress) {
    this.flink = flink;
    this.rest = flink.rest();
    this.progress = progress;
  }

  /**
   * Returns when the new job has completed a checkpoint.
   *
   * @param given id of the old job, null for the one that runs
   * @param parallelism of the new job, null for that of the old
   * @param arguments of the jar
   * @throws IOException if a step fails; it says what runs then, and how to go on
   */
  public void run(String given, Path jar, Integer parallelism, List<String> arguments)
      throws IOException, InterruptedException {
    String old = given == null ? onlyJob() : given;
    int width =
        parallelism == null
            ? rest.get("/jobs/" + old + "/config").at("/execution-config/job-parallelism").asInt(1)
            : parallelism;
    List<String> job = new ArrayList<>(List.of("-p", String.valueOf(width), jar.toString()));
    job.addAll(arguments);
    // A jar that is none, or a setting that is wrong, shows while the old job still runs.
    flink.run(with(List.of("info"), job));
    progress.accept("Stopping " + old + " with a savepoint …");
    long begin = System.nanoTime();
    String savepoint = flink.run(SAVEPOINT, List.of("stop", old));
    progress.accept("The savepoint is " + savepoint);
    try {
      String next = flink.run(JOB, with(List.of("run", "-d", "-s", savepoint), job));
      awaitCheckpoint(next);
      progress.accept(
          "%s runs at parallelism %d, and has a checkpoint %.1f s after the old one was told to stop"
              .formatted(next, width, (System.nanoTime() - begin) / 1e9));
    } catch (IOException e) {
      throw new IOException(
          "%s%nThe old job is stopped. Where `flink list` has no new one, `flink run -d -s '%s' -p %d OLD.jar` goes on with it"
              .formatted(e.getMessage(), savepoint, width),
          e);
    }
  }

  private static List<String> with(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  private String onlyJob() throws IOException, InterruptedException {
    List<String> running = new ArrayList<>();
    for (JsonNode job : rest.get("/jobs/overview").get("jobs")) {
      if (job.get("state").asText().equals("RUNNING")) {
        running.add(job.get("jid").asText());
      }
    }
    if (running.size() != 1) {
      throw new IOException(
          running.isEmpty()
              ? "no job runs at " + rest.base()
              : "several jobs run: name one of %s with --job".formatted(running));
    }
    return running.get(0);
  }

  /** Waits for the job's first checkpoint. */
  void awaitCheckpoint(String job) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (!hasCheckpoint(job)) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IOException(
            "the new job, %s, has no checkpoint after %d min, and is left as it is: see its exceptions at %s"
                .formatted(job, PATIENCE.toMinutes(), rest.base()));
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private boolean hasCheckpoint(String job) throws IOException, InterruptedException {
    String failure;
    try {
      if (rest.get("/jobs/" + job + "/checkpoints").at("/counts/completed").asLong() > 0) {
        return true;
      }
      failure =
          rest.get("/jobs/" + job + "/exceptions")
              .at("/exceptionHistory/entries/0/stacktrace")
              .asText("");
    } catch (IOException e) {
      return false; // a JobManager with much to do may not answer in time
    }
    if (!failure.isEmpty()) {
      flink.run(List.of("cancel", job));
      throw new IOException(
          "the new job, %s, does not run and is cancelled: %s".formatted(job, causes(failure)));
    }
    return false;
  }

  /** The messages of a stack trace, without the stacks. */
  private static String causes(String stackTrace) {
    return stackTrace
        .lines()
        .filter(line -> !line.startsWith("\t"))
        .reduce((first, second) -> first + System.lineSeparator() + "  " + second)
        .orElse(stackTrace);
  }
}
