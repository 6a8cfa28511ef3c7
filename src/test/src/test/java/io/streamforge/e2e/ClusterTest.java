package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.Playback;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Kafka and Flink in processes of their own, by the commands that docs/cluster.md shows. */
@Timeout(600)
@Execution(ExecutionMode.SAME_THREAD)
class ClusterTest {
  private static final Path RECORDING = Replays.recording("binance-us-10");

  @TempDir Path folder;

  /** While a recording plays, the job is stopped with a savepoint and goes on from it. */
  @Test
  void aJobGoesOnFromItsSavepointAtAnotherParallelismWithTheSameBytes() throws Exception {
    Path out = folder.resolve("out");
    try (ScriptedCluster cluster = new ScriptedCluster(folder.resolve("cluster"))) {
      cluster.start();
      try (Prometheus prometheus = Prometheus.start(folder.resolve("prometheus"), cluster);
          Recordings input = new Recordings(List.of(RECORDING));
          Playback playback = new Playback(cluster.settings(), 12);
          Stranger stranger = new Stranger(cluster.settings(), "dead-letters")) {
        CompletableFuture<Void> played = CompletableFuture.runAsync(() -> run(playback, input));
        String job = cluster.submit(2);
        cluster.awaitRunning(job);
        assertThat(Path.of(URI.create(cluster.savepoint(job)))).isDirectory();
        String savepoint = cluster.stop(job);
        String next = cluster.submit(1, Map.of("source.max-behind", "30 s"), "-s", savepoint);
        played.get();
        playback.writeTo(out);
        assertThat(cluster.jobs()).containsEntry(job, "FINISHED").containsEntry(next, "RUNNING");
        assertThat(cluster.run("cluster", "status").text())
            .contains("broker", "jobmanager", "taskmanager-1", "1 of 2 slots free")
            .contains(next + "  RUNNING  StreamForge market graph")
            .contains(String.valueOf(cluster.process("broker").pid()))
            .contains("http://localhost:" + cluster.plan().webPort());
        assertMetricsAreFew(cluster);
        if (prometheus != null) {
          try (MonitoredCluster market = new MonitoredCluster(prometheus, cluster.settings())) {
            market.assertRulesAndDashboardHaveData();
          }
        }
        assertTheStrangerIsShown(cluster, next);
        assertThat(stranger.failure()).isNull();
        assertNothingCanBeUploaded(cluster);
        cluster.run("flink", "cancel", next);
        await()
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(() -> assertThat(cluster.jobs()).containsEntry(next, "CANCELED"));
        assertThat(folder.resolve("cluster/checkpoints").resolve(next)).isNotEmptyDirectory();
      }
      ProcessHandle taskManager = cluster.process("taskmanager-1");
      cluster.run("cluster", "stop");
      assertThat(taskManager.isAlive()).isFalse();
      assertThat(folder.resolve("cluster")).isDirectoryNotContaining("glob:**/kafka");
      assertThat(folder.resolve("cluster/log/jobmanager.log")).isNotEmptyFile();
      assertThat(cluster.tried("cluster", "status").status()).isOne();
    }

    Path reference = folder.resolve("reference");
    Replays.replay(RECORDING, reference, 1, 1, Replays.MAX_SPEED);
    for (String file : Replays.SAME_FILES) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(reference.resolve(file));
    }
  }

  private static void run(Playback playback, Recordings input) {
    try {
      playback.run(input, () -> {}, progress -> {});
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertMetricsAreFew(ScriptedCluster cluster) throws Exception {
    List<String> series =
        text("http://localhost:%d/metrics".formatted(cluster.metricsPort("taskmanager-1")))
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
    assertThat(series.size()).isBetween(200, 550);
    assertThat(series)
        .anyMatch(line -> line.startsWith("flink_taskmanager_job_task_operator_books_live{"))
        .noneMatch(line -> line.contains("KafkaProducer"))
        .noneMatch(line -> line.contains("task_attempt_id"));
  }

  private void assertTheStrangerIsShown(ScriptedCluster cluster, String job) throws Exception {
    int port = cluster.metricsPort("taskmanager-1");
    Pattern found = Pattern.compile("_operator_foreign_writers\\{.*\\} 1");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> found.matcher(text("http://localhost:%d/metrics".formatted(port))).find());
    assertThat(cluster.run("cluster", "status").text())
        .contains("1 producer on dead_letters beside job " + job);
    assertThat(Files.readString(folder.resolve("cluster/log/taskmanager-1.log")))
        .containsPattern(
            "Topic dead-letters .* has another writer than this job: producer \\d+ of"
                + " transactional id stranger\\.");
  }

  private static void assertNothingCanBeUploaded(ScriptedCluster cluster) throws Exception {
    int port = cluster.plan().webPort();
    assertThat(text("http://localhost:%d/config".formatted(port)))
        .contains("\"web-submit\":false", "\"web-cancel\":false", "\"web-rescale\":false");
    assertThatThrownBy(() -> cluster.rest().get("/jars")).hasMessageContaining("404");
  }

  private static String text(String uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void aPortThatIsTakenIsNamedWithTheOptionForAnother() throws Exception {
    try (ScriptedCluster cluster = new ScriptedCluster(folder.resolve("cluster"));
        ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());
      ScriptedCluster.Said said = cluster.tried("cluster", "start", "--port", port);
      assertThat(said.status()).isNotZero();
      assertThat(said.text().lines()).hasSize(1);
      assertThat(said.text()).contains(port, "--port", "web UI");
    }
  }

  /** Here the broker, whose folder is a file. */
  @Test
  void aProcessThatEndsBeforeItIsUpTakesTheOthersWithItAndItsLogIsNamed() throws Exception {
    Path files = Files.createDirectories(folder.resolve("cluster"));
    Files.writeString(files.resolve("kafka"), "not a folder");
    try (ScriptedCluster cluster = new ScriptedCluster(files)) {
      ScriptedCluster.Said said =
          cluster.tried("cluster", "start", "--port", "0", "--kafka-port", "0");
      assertThat(said.status()).isNotZero();
      assertThat(said.text()).contains("broker has ended before it was up: see " + files);
      assertThat(Path.of(said.text().strip().replaceAll(".*see ", ""))).isNotEmptyFile();
      assertThat(cluster.tried("cluster", "status").text()).contains("ended");
      assertThatThrownBy(() -> cluster.process("jobmanager"))
          .isInstanceOf(java.util.NoSuchElementException.class);
    }
  }
}
