package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.local.Playback;
import io.streamforge.local.Recordings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to clusters happens to this one, and the bytes that come out are the same. */
@Tag("soak")
@Timeout(900)
class ClusterFailuresTest {
  private static final Path RECORDING = Replays.recording("binance-us-10");

  /** Two minutes in 40 s: with a failure on the way there are checkpoints before and after it. */
  private static final double SPEED = 3;

  @TempDir static Path folder;

  private static Path reference;

  /** What happens while the recording plays. */
  private interface Event {
    void happen(ScriptedCluster cluster, String job) throws Exception;
  }

  @BeforeAll
  static void replayOnce() throws Exception {
    reference = folder.resolve("reference");
    Replays.replay(RECORDING, reference, 1, 1, Replays.MAX_SPEED);
  }

  private static void assertSameBytesAfter(String name, Event event, String... options)
      throws Exception {
    Path out = folder.resolve(name + "-out");
    try (ScriptedCluster cluster = new ScriptedCluster(folder.resolve(name))) {
      cluster.start(options);
      try (Recordings input = new Recordings(List.of(RECORDING));
          Playback playback = new Playback(cluster.settings(), SPEED)) {
        String job = cluster.submit(2);
        cluster.awaitRunning(job);
        CompletableFuture<Void> played =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    playback.run(input, () -> {}, progress -> {});
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
        awaitCheckpoints(cluster, job, 2);
        assertThat(played).isNotDone();
        event.happen(cluster, job);
        played.get();
        playback.writeTo(out);
      }
    }
    for (String file : new String[] {"symbol-features.jsonl", "graph-features.jsonl"}) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(reference.resolve(file));
    }
  }

  private static void awaitCheckpoints(ScriptedCluster cluster, String job, int more)
      throws Exception {
    long before = cluster.checkpoints(job);
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> cluster.checkpoints(job) >= before + more);
  }

  @Test
  void aTaskManagerIsKilledAndTheOtherTakesItsWork() throws Exception {
    assertSameBytesAfter(
        "other-taskmanager",
        (cluster, job) -> {
          cluster.kill("taskmanager-1");
          awaitRestart(cluster, job);
        },
        "--taskmanagers",
        "2");
  }

  @Test
  void aTaskManagerIsKilledAndStartedAgain() throws Exception {
    assertSameBytesAfter(
        "taskmanager",
        (cluster, job) -> {
          cluster.kill("taskmanager-1");
          cluster.start();
          awaitRestart(cluster, job);
        });
  }

  private static void awaitRestart(ScriptedCluster cluster, String job) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                cluster.rest().get("/jobs/" + job + "/checkpoints").at("/counts/restored").asInt()
                    > 0);
    cluster.awaitRunning(job);
  }

  @Test
  void theJobManagerIsKilledAndStartedAgain() throws Exception {
    assertSameBytesAfter(
        "jobmanager",
        (cluster, job) -> {
          cluster.kill("jobmanager");
          cluster.start();
          cluster.awaitRunning(job);
          assertThat(
                  cluster
                      .rest()
                      .get("/jobs/" + job + "/checkpoints")
                      .at("/counts/restored")
                      .asInt())
              .isPositive();
        },
        "--ha");
  }

  @Test
  void theBrokerIsKilledAndStartedAgain() throws Exception {
    assertSameBytesAfter(
        "broker",
        (cluster, job) -> {
          cluster.kill("broker");
          Thread.sleep(5_000);
          cluster.start();
        });
  }

  @Test
  void allOfItIsStoppedAndStartedAgain() throws Exception {
    assertSameBytesAfter(
        "all",
        (cluster, job) -> {
          String port = String.valueOf(cluster.plan().kafkaPort());
          cluster.run("cluster", "stop", "--keep");
          cluster.run("cluster", "start", "--ha", "--port", "0", "--kafka-port", port);
          cluster.awaitRunning(job);
        },
        "--ha");
  }

  /** To the same jar, which is what a new one does to the state, at half and twice the width. */
  @Test
  void theJobIsUpgraded() throws Exception {
    assertSameBytesAfter(
        "upgrade",
        (cluster, job) -> {
          String setting = "source.idle-timeout=0 s";
          cluster.run("upgrade", "-p", "1", "--set", setting);
          assertThat(cluster.run("upgrade", "-p", "3", "--set", setting).text())
              .contains("runs at parallelism 3");
          assertThat(cluster.jobs()).containsEntry(job, "FINISHED").hasSize(3);
          String refused = cluster.tried("upgrade", "--set", "graph.neighbors=9").text();
          assertThat(refused).contains("graph.neighbours");
          assertThat(cluster.jobs()).hasSize(3).containsValue("RUNNING");
        },
        "--taskmanagers",
        "2");
  }
}
