package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that Kafka has deleted before a job could read them, and logs that are others. */
@Timeout(300)
class LostRecordsEndToEndTest {
  private static final String BOOKS = "raw-orderbooks";
  private static final List<String> TOPICS = List.of(BOOKS, "raw-trades");
  private static final Map<String, String> SKIP = Map.of("source.on-lost-records", "skip");
  private static final Pattern LOST = Pattern.compile(": (\\d+) records are deleted");

  @TempDir Path folder;

  private DeletedRecords market;

  @BeforeEach
  void start() throws Exception {
    market = new DeletedRecords(folder);
  }

  @AfterEach
  void stop() throws Exception {
    market.close();
  }

  /** A job that has read two books, each in a partition of its own. */
  private Path savepointOfTwoBooks() throws Exception {
    JobID job = market.submit(Map.of(), null);
    market.snapshot(BOOKS, 0, "S0");
    market.snapshot(BOOKS, 1, "S1");
    market.stepUntil(
        TOPICS,
        () -> market.status("acme:S0").equals("live") && market.status("acme:S1").equals("live"));
    return market.stop(job);
  }

  @Test
  void whatWasDeletedWhileTheJobWasDownIsNamedAndSkippedOnlyIfItIsTold() throws Exception {
    Path savepoint = savepointOfTwoBooks();
    long downUs = market.nowUs();
    for (int i = 0; i < 50; i++) {
      market.step(TOPICS);
    }
    market.delete(BOOKS, 0, 10);

    JobID failing = market.submit(Map.of(), savepoint);
    String failure = market.failure(failing, "raw-orderbooks, partition 0: ");
    assertThat(failure)
        .contains(" records are deleted", "up to PT4", "source.on-lost-records=skip")
        .doesNotContain("\n");
    Matcher lost = LOST.matcher(failure);
    assertThat(lost.find()).isTrue();
    assertThat(Long.parseLong(lost.group(1))).isBetween(40L, 45L);
    market.cancel(failing);

    JobID skipping = market.submit(SKIP, savepoint);
    market.stepUntil(
        TOPICS,
        () ->
            market.resyncs().contains("acme:S0 lost-records")
                && market.newestUs("acme:S0") > downUs + 3_000_000
                && market.newestUs("acme:S1") > downUs + 3_000_000);
    assertThat(market.statusesSince("acme:S0", downUs + 1)).containsExactly("gap");
    assertThat(market.statusesSince("acme:S1", downUs + 1)).containsExactly("live");
    assertThat(market.resyncs()).doesNotContain("acme:S1 lost-records");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> market.counter(skipping, "records_lost") == Long.parseLong(lost.group(1)));
    await().atMost(Duration.ofSeconds(30)).until(() -> market.beginsMs(skipping) > downUs / 1000);
    market.snapshot(BOOKS, 0, "S0");
    market.stepUntil(TOPICS, () -> market.status("acme:S0").equals("live"));
    assertThat(market.flink().failure(skipping)).isEmpty();

    // What was skipped is over: the next job has nothing to say of it.
    Path next = market.stop(skipping);
    JobID last = market.submit(Map.of(), next);
    long againUs = market.nowUs();
    market.stepUntil(TOPICS, () -> market.newestUs("acme:S0") > againUs + 1_000_000);
    assertThat(market.flink().failure(last)).isEmpty();
    assertThat(market.status("acme:S0")).isEqualTo("live");
  }

  @Test
  void whatIsDeletedUnderAJobThatRunsIsNamed() throws Exception {
    JobID job = market.submit(Map.of("source.max-drift", "1 s"), null);
    market.snapshot(BOOKS, 0, "S0");
    market.stepUntil(TOPICS, () -> market.status("acme:S0").equals("live"));
    market.pauseTrades(job);
    market.delete("raw-trades", 0, 1);
    market.stepUntil(TOPICS, () -> market.hasFailed(job, "raw-trades, partition 0: "));
    assertThat(market.failure(job, "raw-trades, partition 0: "))
        .contains(" records are deleted that the job has not read");
  }

  @Test
  void aTimeThatIsBeforeTheLogBeginsIsNamedAndSkippedOnlyIfItIsTold() throws Exception {
    Map<String, String> fromThen =
        Map.of("source.start", Instant.ofEpochMilli(market.nowUs() / 1000 + 50).toString());
    market.cancel(market.submit(Map.of(), null)); // which has made the topics
    for (int i = 0; i < 20; i++) {
      market.step(TOPICS);
    }
    JobID whole = market.submit(fromThen, null);
    market.snapshot(BOOKS, 0, "S0");
    market.stepUntil(TOPICS, () -> market.status("acme:S0").equals("live"));
    assertThat(market.flink().failure(whole)).isEmpty();
    market.cancel(whole);

    market.snapshot(BOOKS, 1, "S1");
    market.step(TOPICS);
    market.delete(BOOKS, 1, 2); // the snapshot and a heartbeat are left
    JobID failing = market.submit(fromThen, null);
    assertThat(
            market.failure(
                failing, "raw-orderbooks, partition 1: records since source.start may be deleted"))
        .contains("source.on-lost-records=skip");
    market.cancel(failing);

    market.submit(
        Map.of("source.start", fromThen.get("source.start"), "source.on-lost-records", "skip"),
        null);
    market.stepUntil(TOPICS, () -> market.status("acme:S1").equals("live"));
  }

  @Test
  void anotherTopicIsReadAloneAndOnlyIfTheJobIsToldToSkip() throws Exception {
    Path savepoint = savepointOfTwoBooks();
    List<String> topics = List.of("raw-orderbooks-2", "raw-trades");
    Map<String, String> other = Map.of("source.orderbooks.topic", "raw-orderbooks-2");
    JobID failing = market.submit(other, savepoint);
    assertThat(market.failure(failing, "raw-orderbooks, partition"))
        .contains("is to read raw-orderbooks-2", "source.on-lost-records=skip");
    market.cancel(failing);

    JobID skipping =
        market.submit(
            Map.of("source.orderbooks.topic", "raw-orderbooks-2", "source.on-lost-records", "skip"),
            savepoint);
    market.snapshot(BOOKS, 0, "OLD");
    market.snapshot("raw-orderbooks-2", 0, "NEW");
    // Of the old topic there is no heartbeat: nobody waits for it.
    market.stepUntil(
        topics,
        () ->
            market.status("acme:NEW").equals("live")
                && market
                    .resyncs()
                    .containsAll(List.of("acme:S0 lost-records", "acme:S1 lost-records")));
    assertThat(market.status("acme:S0")).isEqualTo("gap");
    assertThat(market.hasSamplesOf("acme:OLD")).isFalse();
    assertThat(market.flink().failure(skipping)).isEmpty();

    Path next = market.stop(skipping);
    JobID last = market.submit(other, next);
    long againUs = market.nowUs();
    market.stepUntil(topics, () -> market.newestUs("acme:NEW") > againUs + 1_000_000);
    assertThat(market.flink().failure(last)).isEmpty();
    assertThat(market.hasSamplesOf("acme:OLD")).isFalse();
  }

  private void assertOtherTopic(JobID failing) throws Exception {
    assertThat(market.failure(failing, "raw-orderbooks, partition"))
        .contains("is another one by that name", "source.on-lost-records=skip");
    market.cancel(failing);
  }

  /** Another Kafka's is no other case. */
  @Test
  void aTopicThatWasMadeAnewIsNamed() throws Exception {
    Path savepoint = savepointOfTwoBooks();
    market.drop(BOOKS);
    assertOtherTopic(market.submit(Map.of(), savepoint)); // which has less records
    for (int i = 0; i < 200; i++) {
      market.step(TOPICS);
    }
    assertOtherTopic(market.submit(Map.of(), savepoint)); // which has others

    JobID skipping = market.submit(SKIP, savepoint);
    market.stepUntil(
        TOPICS,
        () ->
            market.resyncs().containsAll(List.of("acme:S0 lost-records", "acme:S1 lost-records")));
    assertThat(market.flink().failure(skipping)).isEmpty();
  }
}
