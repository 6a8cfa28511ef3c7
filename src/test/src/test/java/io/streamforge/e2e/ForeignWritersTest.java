package io.streamforge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.topics.Topics;
import io.streamforge.topic.RawTopicWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job finds who else writes to its topics out, and never itself. */
@Timeout(900)
class ForeignWritersTest {
  private static final int TOPICS_OUT = 4;
  private static final int MESSAGES_A_SECOND = 10;

  private static final Map<String, String> EXACTLY_ONCE =
      Map.of("sink.delivery-guarantee", "exactly-once");

  @TempDir Path folder;

  @Test
  void failoverAndUpgradeRaiseNothingAndASecondJobFindsTheFirst() throws Exception {
    try (ScriptedCluster cluster = new ScriptedCluster(folder.resolve("cluster"))) {
      cluster.start();
      ScheduledExecutorService feed = Executors.newSingleThreadScheduledExecutor();
      try (RawTopicWriter topics = Topics.writer(cluster.settings())) {
        Future<?> fed =
            feed.scheduleAtFixedRate(
                () -> send(topics), 0, 1_000 / MESSAGES_A_SECOND, TimeUnit.MILLISECONDS);

        String job = cluster.submit(1);
        assertFindsNone(cluster, job);
        cluster.awaitCheckpoints(job, 1);
        cluster.kill("taskmanager-1");
        cluster.start();
        cluster.awaitRestored(job, 1);
        assertFindsNone(cluster, job);

        job = cluster.submit(1, EXACTLY_ONCE, "-s", cluster.stop(job));
        assertFindsNone(cluster, job);
        cluster.awaitCheckpoints(job, 1);
        // Its producers have the ids of those of before, and go on writing.
        job = cluster.submit(1, EXACTLY_ONCE, "-s", cluster.stop(job));
        assertFindsNone(cluster, job);

        String second = cluster.submit(1, Map.of("job.name", "second"));
        awaitFound(cluster, second, true);
        assertThat(found(cluster, job)).hasValue(0);
        assertThat(cluster.run("cluster", "status").text())
            .contains("1 producer on symbol_features beside job " + second);
        assertThat(Files.readString(folder.resolve("cluster/log/taskmanager-1.log")))
            .containsPattern(
                "Topic symbol-features .* has another writer than this job: producer \\d+ of"
                    + " transactional id streamforge-symbol-features-sink:");
        assertThat(fed).isNotDone();

        cluster.stop(job);
        awaitFound(cluster, second, false);
        assertThat(cluster.run("cluster", "status").text()).doesNotContain("beside job");
        fed.cancel(false);
      } finally {
        feed.shutdown();
      }
    }
  }

  /** A whole book of now, and that nothing earlier comes. */
  private static void send(RawTopicWriter topics) {
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

  private static void assertFindsNone(ScriptedCluster cluster, String job) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> found(cluster, job).isPresent());
    assertThat(found(cluster, job)).hasValue(0);
  }

  private static void awaitFound(ScriptedCluster cluster, String job, boolean some) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> found(cluster, job), found -> found.isPresent() && found.getAsInt() > 0 == some);
  }

  /** How many producers a job has found; empty before it has looked at each of its topics out. */
  private static OptionalInt found(ScriptedCluster cluster, String job) {
    List<Integer> gauges =
        Pattern.compile("_operator_foreign_writers\\{.*job_id=\"" + job + "\".*} ([0-9]+)")
            .matcher(metrics(cluster))
            .results()
            .map(gauge -> Integer.parseInt(gauge.group(1)))
            .toList();
    return gauges.size() < TOPICS_OUT
        ? OptionalInt.empty()
        : OptionalInt.of(gauges.stream().mapToInt(Integer::intValue).sum());
  }

  private static String metrics(ScriptedCluster cluster) {
    try {
      URI uri =
          URI.create("http://localhost:%d/metrics".formatted(cluster.metricsPort("taskmanager-1")));
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
          .body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
