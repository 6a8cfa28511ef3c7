package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.topic.RawTopicWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to clusters happens to this one, and the bytes that come out are the same. */
@Tag("soak")
@Timeout(900)
@Execution(ExecutionMode.SAME_THREAD)
class ClusterFailuresTest {
  @TempDir static Path folder;

  private static Path reference;

  @BeforeAll
  static void replayOnce() throws Exception {
    reference = folder.resolve("reference");
    Replays.replay(EventfulRun.RECORDING, reference, 1, 1, Replays.MAX_SPEED);
  }

  private static EventfulRun run(String name) {
    return new EventfulRun(folder.resolve(name));
  }

  /** Returns how many records came twice. */
  private static long assertSameBytes(EventfulRun run, EventfulRun.Event event) throws Exception {
    Path out = Files.createTempDirectory(folder, "out");
    long repeats = run.run(out, event);
    for (String file : Replays.SAME_FILES) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(reference.resolve(file));
    }
    return repeats;
  }

  @Test
  void aTaskManagerIsKilledAndTheOtherTakesItsWork() throws Exception {
    assertSameBytes(
        run("other-taskmanager").on("--taskmanagers", "2"),
        (cluster, job) -> {
          cluster.kill("taskmanager-1");
          cluster.awaitRestored(job, 1);
        });
  }

  @Test
  void aTaskManagerIsKilledAndStartedAgain() throws Exception {
    assertSameBytes(run("taskmanager"), ClusterFailuresTest::killTaskManager);
  }

  private static void killTaskManager(ScriptedCluster cluster, String job) throws Exception {
    long before = cluster.restored(job);
    cluster.kill("taskmanager-1");
    cluster.start();
    cluster.awaitRestored(job, before + 1);
  }

  @Test
  void theJobManagerIsKilledAndStartedAgain() throws Exception {
    assertSameBytes(run("jobmanager").on("--ha"), ClusterFailuresTest::killJobManager);
  }

  private static void killJobManager(ScriptedCluster cluster, String job) throws Exception {
    cluster.kill("jobmanager");
    cluster.start();
    cluster.awaitRestored(job, 1); // counted anew
  }

  @Test
  void theBrokerIsKilledAndStartedAgain() throws Exception {
    assertSameBytes(run("broker"), (cluster, job) -> killBroker(cluster));
  }

  private static void killBroker(ScriptedCluster cluster) throws Exception {
    cluster.kill("broker");
    TimeUnit.SECONDS.sleep(5);
    cluster.start();
  }

  /** Its connections stay, and nothing answers on them. */
  @ParameterizedTest
  @ValueSource(ints = {10, 60})
  void theBrokerStandsStill(int seconds) throws Exception {
    assertSameBytes(
        run("broker-" + seconds),
        (cluster, job) -> {
          cluster.signal("broker", "STOP");
          TimeUnit.SECONDS.sleep(seconds);
          cluster.signal("broker", "CONT");
          cluster.awaitCheckpoints(job, 1);
        });
  }

  @Test
  void allOfItIsStoppedAndStartedAgain() throws Exception {
    assertSameBytes(
        run("all").on("--ha"),
        (cluster, job) -> {
          String port = String.valueOf(cluster.plan().kafkaPort());
          cluster.run("cluster", "stop", "--keep");
          cluster.run("cluster", "start", "--ha", "--port", "0", "--kafka-port", port);
          cluster.awaitRunning(job);
        });
  }

  /** On a file system of its own, for which this has to be root. */
  @Test
  void theCheckpointsStorageIsFullUntilTheJobRestartsAndIsFreed() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeThat(command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()))
        .as("mount")
        .isZero();
    try {
      long repeats =
          assertSameBytes(
              run("storage").at(1).with("-Dexecution.checkpointing.dir=" + disk.toUri()),
              (cluster, job) -> {
                Path ballast = disk.resolve("ballast");
                fill(ballast);
                cluster.awaitRestored(job, 1);
                assertThat(cluster.failedCheckpoints(job)).isGreaterThanOrEqualTo(3);
                Files.delete(ballast);
                cluster.awaitCheckpoints(job, 1);
              });
      assertThat(repeats).isPositive();
    } finally {
      command("umount", disk.toString());
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static int command(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  /**
   * Before producers use them, as they have to be: whose messages go to another partition while the
   * old one is read, is not read in order.
   */
  @Test
  void partitionsAreAddedToTheTopicsIn() throws Exception {
    List<String> topics = List.of("raw-orderbooks", "raw-trades");
    assertSameBytes(
        run("partitions"),
        (cluster, job) -> {
          int before = cluster.plan().partitions();
          String broker = cluster.settings().bootstrapServers();
          try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker));
              RawTopicWriter writer = RawTopicWriter.connect(broker, new Properties(), topics)) {
            for (String topic : topics) {
              admin
                  .createPartitions(Map.of(topic, NewPartitions.increaseTo(before + 1)))
                  .all()
                  .get();
              writer.heartbeat(topic, before, Replays.lastSampleUs(reference) + 60_000_000);
            }
            writer.flush();
            await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                    () -> {
                      Map<TopicPartition, OffsetAndMetadata> read =
                          admin
                              .listConsumerGroupOffsets("streamforge")
                              .partitionsToOffsetAndMetadata()
                              .get();
                      for (String topic : topics) {
                        assertThat(read)
                            .containsEntry(
                                new TopicPartition(topic, before), new OffsetAndMetadata(1));
                      }
                    });
          }
        });
  }

  /**
   * Read as committed: nothing is lost, and nothing comes twice. The logs say that transactions are
   * fenced, and data most likely lost: flink-conf/RUNBOOK.md has why that is not so.
   */
  @Test
  void exactlyOnceWhileEachProcessIsKilled() throws Exception {
    long repeats =
        assertSameBytes(
            run("exactly-once").on("--ha").at(1).set("sink.delivery-guarantee", "exactly-once"),
            (cluster, job) -> {
              killTaskManager(cluster, job);
              cluster.awaitCheckpoints(job, 1);
              killJobManager(cluster, job);
              cluster.awaitCheckpoints(job, 1);
              killBroker(cluster);
              cluster.awaitCheckpoints(job, 1);
            });
    assertThat(repeats).isZero();
  }

  /** To the same jar, which is what a new one does to the state, at half and twice the width. */
  @Test
  void theJobIsUpgraded() throws Exception {
    assertSameBytes(
        run("upgrade").on("--taskmanagers", "2"),
        (cluster, job) -> {
          String setting = "source.max-behind=0 s";
          cluster.run("upgrade", "-p", "1", "--set", setting);
          assertThat(cluster.run("upgrade", "-p", "3", "--set", setting).text())
              .contains("runs at parallelism 3");
          assertThat(cluster.jobs()).containsEntry(job, "FINISHED").hasSize(3);
          String refused = cluster.tried("upgrade", "--set", "graph.neighbors=9").text();
          assertThat(refused).contains("graph.neighbours");
          assertThat(cluster.jobs()).hasSize(3).containsValue("RUNNING");
        });
  }
}
