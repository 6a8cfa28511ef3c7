package io.streamforge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.cli.cluster.FlinkRest;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.Settings;
import io.streamforge.topic.RawTopicWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job finds who else writes to its topics out, and never itself. */
@Timeout(300)
class ForeignWritersTest {
  private static final int TOPICS_OUT = 4;
  private static final int MESSAGES_A_SECOND = 10;

  /** So long that a transaction is open as a rule: who has none at the moment is not found. */
  private static final Duration CHECKPOINTS = Duration.ofSeconds(5);

  private static final Map<String, String> AT_LEAST_ONCE =
      Map.of("sink.delivery-guarantee", "at-least-once");

  @TempDir Path folder;

  private final ScheduledExecutorService feed = Executors.newSingleThreadScheduledExecutor();
  private NamedJobs jobs;
  private Settings exactlyOnce;
  private RawTopicWriter topics;
  private Future<?> fed;

  @BeforeEach
  void start() throws Exception {
    jobs = new NamedJobs(folder, 2, CHECKPOINTS);
    exactlyOnce = jobs.settings(Map.of());
    topics = Topics.writer(exactlyOnce);
    fed = feed.scheduleAtFixedRate(this::send, 0, 1_000 / MESSAGES_A_SECOND, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(fed).isNotDone();
    feed.shutdown();
    assertThat(feed.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    topics.close();
    jobs.close();
  }

  /** A whole book of now, and that nothing earlier comes. */
  private void send() {
    long timeUs = System.currentTimeMillis() * 1000;
    String book =
        """
        {"type":"book","venue":"acme","symbol":"ABC","snapshot":true,"sequence":%d,\
        "bids":[["10","1"]],"asks":[["11","1"]],"event_time_us":%d}"""
            .formatted(timeUs, timeUs);
    topics.send(
        "raw-orderbooks", "ABC".getBytes(UTF_8), "streamforge", timeUs, book.getBytes(UTF_8));
    topics.heartbeat(timeUs);
  }

  /** Of two jobs with topics of their own one fails, and of one the guarantee changes, too. */
  @Test
  void neitherFailoverNorUpgradeRaisesAnything() throws Exception {
    Settings atLeastOnce = jobs.settings(AT_LEAST_ONCE);
    JobID failed = jobs.submit(jobs.settings(NamedJobsTest.second(AT_LEAST_ONCE)));
    JobID job = jobs.submit(atLeastOnce);
    awaitWritten("symbol-features");
    awaitWritten("symbol-features-2");
    jobs.flink().restartTaskManager();
    awaitWritten("symbol-features");
    job = upgrade(job);
    awaitWritten("symbol-features");
    // Its producers have the ids of those of before, and go on writing.
    job = upgrade(job);
    assertFindsNone(failed);
    assertFindsNone(job);
  }

  private JobID upgrade(JobID job) throws Exception {
    Path savepoint = jobs.flink().savepoint(job, folder);
    jobs.flink().cancel(job);
    return jobs.submit(exactlyOnce, savepoint);
  }

  @Test
  void aSecondJobFindsTheFirstAsLongAsThatWrites() throws Exception {
    JobID first = jobs.submit(exactlyOnce);
    awaitWritten("symbol-features");
    JobID second = jobs.submit(jobs.settings(Map.of("job.name", "second")));
    awaitFound(second, true);
    assertFindsNone(first);
    jobs.flink().cancel(first);
    awaitFound(second, false);
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class); // of a JobManager that is busy
  }

  /** Waits until the only job that writes to a topic has written what it makes of now. */
  private void awaitWritten(String topic) {
    long nowMs = System.currentTimeMillis();
    try (TopicReader reader = Topics.reader(exactlyOnce, List.of(topic))) {
      AtomicBoolean written = new AtomicBoolean();
      patiently()
          .until(
              () -> {
                reader.poll(record -> written.compareAndSet(false, record.timestamp() > nowMs));
                return written.get();
              });
    }
  }

  private void assertFindsNone(JobID job) {
    assertThat(patiently().until(() -> found(job), OptionalInt::isPresent)).hasValue(0);
  }

  private void awaitFound(JobID job, boolean some) {
    patiently().until(() -> found(job), found -> found.isPresent() && found.getAsInt() > 0 == some);
  }

  /** How many producers a job has found; empty before it has looked at each of its topics out. */
  private OptionalInt found(JobID job) throws Exception {
    FlinkRest rest = new FlinkRest(jobs.flink().webUi().getPort());
    int gauges = 0;
    int found = 0;
    for (JsonNode vertex : rest.get("/jobs/" + job).get("vertices")) {
      String metrics =
          "/jobs/%s/vertices/%s/subtasks/metrics".formatted(job, vertex.get("id").asText());
      for (JsonNode metric : rest.get(metrics)) {
        String id = metric.get("id").asText();
        if (id.endsWith(".foreign_writers")) {
          gauges++;
          String named = metrics + "?get=" + URLEncoder.encode(id, UTF_8);
          found += rest.get(named).get(0).get("sum").asInt();
        }
      }
    }
    return gauges < TOPICS_OUT ? OptionalInt.empty() : OptionalInt.of(found);
  }
}
