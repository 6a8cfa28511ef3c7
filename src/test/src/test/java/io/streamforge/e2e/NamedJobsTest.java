package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.Playback;
import io.streamforge.cli.topics.TopicComparison;
import io.streamforge.marketgraph.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a job's name keeps apart in Kafka, and what it leaves alone. */
@Timeout(300)
class NamedJobsTest {
  private static final Path RECORDING = Replays.recording("binance-us-10");
  private static final Map<String, String> SECOND =
      Map.of(
          "job.name", "second",
          "sink.symbol-features.topic", "symbol-features-2",
          "sink.graph-features.topic", "graph-features-2",
          "sink.book-resync.topic", "book-resync-2",
          "sink.dead-letters.topic", "dead-letters-2");

  @TempDir Path folder;

  /** Settings of a second job, with a name and topics out of its own. */
  static Map<String, String> second(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(SECOND);
    settings.putAll(more);
    return settings;
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
  }

  @Test
  void twoJobsOnOneClusterDoNotFenceEachOther() throws Exception {
    try (NamedJobs jobs = new NamedJobs(folder, 2, Duration.ofMillis(200));
        Recordings input = new Recordings(List.of(RECORDING))) {
      Settings first = jobs.settings(Map.of());
      Settings second = jobs.settings(SECOND);
      List<JobID> ids = List.of(jobs.submit(first), jobs.submit(second));
      try (Playback playback = new Playback(first, 20)) {
        playback.run(input, () -> assertNoneHasFailed(jobs, ids), progress -> {});
        assertThat(playback.repeats()).isZero();
        for (String topic : List.of("symbol-features", "graph-features")) {
          patiently()
              .ignoreExceptionsInstanceOf(IllegalArgumentException.class) // nothing there yet
              .untilAsserted(() -> assertAlike(first, topic, playback.lastSampleUs()));
        }
      }
      assertNoneHasFailed(jobs, ids);
      assertThat(jobs.transactionalIds())
          .anyMatch(id -> id.startsWith("streamforge-graph-features-sink:"))
          .anyMatch(id -> id.startsWith("streamforge-second-graph-features-sink:"));
      patiently() // each is there from its first checkpoint on
          .untilAsserted(
              () ->
                  assertThat(jobs.broker().admin().listGroups().all().get())
                      .extracting(group -> group.groupId())
                      .contains("streamforge", "streamforge-second"));
    }
  }

  private static void assertAlike(Settings settings, String topic, long lastUs) {
    TopicComparison comparison = TopicComparison.of(settings, topic, topic + "-2");
    assertThat(comparison.different()).isZero();
    assertThat(comparison.toUs()).isEqualTo(lastUs);
  }

  private static void assertNoneHasFailed(NamedJobs jobs, List<JobID> ids) throws Exception {
    for (JobID id : ids) {
      assertThat(jobs.flink().failure(id)).isEmpty();
    }
  }

  @Test
  void aSavepointOfOneNameRestoresUnderAnother() throws Exception {
    Path reference = folder.resolve("reference");
    Replays.replay(RECORDING, reference, 1, 1, Replays.MAX_SPEED);
    try (NamedJobs jobs = new NamedJobs(folder, 1, Duration.ofMillis(200));
        Recordings input = new Recordings(List.of(RECORDING))) {
      Settings settings = jobs.settings(Map.of());
      JobID old = jobs.submit(settings);
      try (Playback playback = new Playback(settings, 10)) {
        CompletableFuture<Void> played = CompletableFuture.runAsync(() -> playback.play(input));
        patiently().until(() -> jobs.flink().completedCheckpoints(old) >= 5);
        Path savepoint = jobs.flink().savepoint(old, folder);
        jobs.flink().cancel(old);
        patiently().until(() -> jobs.flink().state(old) == JobStatus.CANCELED);
        assertThat(played).isNotDone();
        JobID renamed = jobs.submit(jobs.settings(Map.of("job.name", "renamed")), savepoint);
        played.get();
        playback.readToEnd(() -> assertNoneHasFailed(jobs, List.of(renamed)));
        playback.writeTo(folder.resolve("out"));
      }
      for (String file : List.of("symbol-features.jsonl", "graph-features.jsonl")) {
        assertThat(folder.resolve("out").resolve(file))
            .hasSameBinaryContentAs(reference.resolve(file));
      }
      assertThat(jobs.transactionalIds())
          .anyMatch(id -> id.startsWith("streamforge-renamed-graph-features-sink:"));
    }
  }

  @Test
  void transactionalIdsAreUsedAgain() throws Exception {
    assertFewTransactionalIds(60, 20);
  }

  @Test
  @Tag("soak")
  void transactionalIdsAreUsedAgainForLong() throws Exception {
    assertFewTransactionalIds(1_000, 1);
  }

  private void assertFewTransactionalIds(int checkpoints, double speed) throws Exception {
    try (NamedJobs jobs = new NamedJobs(folder, 1, Duration.ofMillis(20));
        Recordings input = new Recordings(List.of(RECORDING))) {
      Settings settings = jobs.settings(Map.of());
      JobID job = jobs.submit(settings);
      try (Playback playback = new Playback(settings, speed)) {
        playback.run(input, () -> assertNoneHasFailed(jobs, List.of(job)), progress -> {});
      }
      patiently().until(() -> jobs.flink().completedCheckpoints(job) >= checkpoints);
      Map<String, Long> idsOfSubtasks =
          jobs.transactionalIds().stream()
              .filter(id -> !id.endsWith(":probe")) // one a sink, of the check at the start
              .collect(
                  Collectors.groupingBy(
                      id -> id.substring(0, id.lastIndexOf('-')), Collectors.counting()));
      assertThat(idsOfSubtasks)
          .containsOnlyKeys(
              "streamforge-symbol-features-sink:-0",
              "streamforge-graph-features-sink:-0",
              "streamforge-book-resync-sink:-0",
              "streamforge-dead-letters-sink:-0")
          .allSatisfy((subtask, ids) -> assertThat(ids).isLessThanOrEqualTo(4));
    }
  }

  /** What a process leaves that is killed between two checkpoints. */
  @Test
  void aColdStartAbortsWhatTheJobLeftOpenAndNothingOfAnother() throws Exception {
    try (NamedJobs jobs = new NamedJobs(folder, 1, Duration.ofMillis(200))) {
      Settings settings = jobs.settings(Map.of("job.name", "a"));
      String own = "streamforge-a-graph-features-sink:-0-7";
      String longer = "streamforge-a-b-graph-features-sink:-0-0";
      String defaults = "streamforge-graph-features-sink:-0-0";
      try (KafkaProducer<byte[], byte[]> left = openTransaction(jobs, own);
          KafkaProducer<byte[], byte[]> another = openTransaction(jobs, longer);
          KafkaProducer<byte[], byte[]> third = openTransaction(jobs, defaults)) {
        assertThat(jobs.openTransactions()).containsExactly(longer, own, defaults);
        JobID job = jobs.submit(settings);
        patiently().until(() -> jobs.flink().completedCheckpoints(job) >= 1);
        patiently()
            .untilAsserted(
                () -> assertThat(jobs.openTransactions()).containsExactly(longer, defaults));
        assertThat(jobs.flink().failure(job)).isEmpty();
        assertThatThrownBy(left::commitTransaction).isInstanceOf(KafkaException.class);
        another.abortTransaction();
        third.abortTransaction();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> openTransaction(NamedJobs jobs, String id)
      throws Exception {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                jobs.broker().bootstrapServers(),
                "transactional.id",
                id,
                "transaction.timeout.ms",
                "600000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    producer
        .send(new ProducerRecord<>("graph-features", "x".getBytes(StandardCharsets.UTF_8)))
        .get();
    return producer;
  }
}
