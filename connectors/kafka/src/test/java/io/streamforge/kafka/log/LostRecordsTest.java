package io.streamforge.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.streamforge.admission.AdmissionRule;
import io.streamforge.kafka.DecodeOperator;
import io.streamforge.kafka.log.LostPartition.Cause;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What {@code decode} makes of records that Kafka has no longer. */
class LostRecordsTest {
  private static final AdmissionRule EVERY_INSTRUMENT =
      new AdmissionRule(1_000, Long.MAX_VALUE, false, InstrumentRegistry.EMPTY);
  private static final long NOW = 1_723_161_256_000_000L;
  private static final long SECOND = 1_000_000;
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);
  private static final String TOPIC = "raw-orderbooks";

  private static OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> decode(
      OperatorSubtaskState saved, int parallelism, int index) throws Exception {
    OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask =
        new OneInputStreamOperatorTestHarness<>(
            new DecodeOperator(TIME, SECOND, 1_000, true, TOPIC, EVERY_INSTRUMENT, false),
            256,
            parallelism,
            index);
    if (saved != null) {
      subtask.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              saved, 256, 1, parallelism, index));
    }
    subtask.open();
    return subtask;
  }

  private static void process(
      OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask, RawRecord... records)
      throws Exception {
    for (RawRecord record : records) {
      subtask.processElement(record, record.receiveTimeUs() / 1000);
    }
  }

  private static RawRecord book(int partition, String symbol, long second) {
    return record(
        partition,
        symbol,
        "{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"%s\",\"snapshot\":true,\"sequence\":7,"
            + "\"bids\":[[\"10\",\"1\"]],\"asks\":[]}",
        second);
  }

  private static RawRecord record(int partition, String symbol, String value, long second) {
    return new RawRecord(
        TOPIC,
        partition,
        second,
        symbol.getBytes(StandardCharsets.UTF_8),
        value.formatted(symbol).getBytes(StandardCharsets.UTF_8),
        "streamforge",
        NOW + second * SECOND);
  }

  private static LostPartition deleted(int partition, long records, long firstSecond) {
    return new LostPartition(
        TOPIC, partition, Cause.DELETED, 7, records, (NOW + firstSecond * SECOND) / 1000);
  }

  private static RawRecord lost(boolean skipped, LostPartition... partitions) {
    return new LostRecords(TOPIC, skipped, List.of(partitions)).toRecord();
  }

  private static OperatorSubtaskState saved() throws Exception {
    try (OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask = decode(null, 1, 0)) {
      process(
          subtask,
          book(0, "A", 0),
          book(1, "B", 1),
          book(0, "C", 2),
          record(0, "D", "no book", 3),
          book(1, "A", 4),
          book(1, "B", 5));
      return subtask.snapshot(1, 1);
    }
  }

  @Test
  void aSkipIsToldToEachBookOfThePartitionAndToNoOther() throws Exception {
    OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask = decode(saved(), 1, 0);
    process(subtask, book(1, "E", 6));
    subtask.getOutput().clear();
    process(subtask, lost(true, deleted(1, 40, 100)));
    assertThat(subtask.extractOutputValues())
        .allSatisfy(
            event -> {
              assertThat(((BookUpdate) event).kind()).isEqualTo(BookUpdate.Kind.LOST);
              assertThat(((BookUpdate) event).timed()).isFalse(); // it is placed by its receipt
            })
        .extracting(MarketEvent::instrument, MarketEvent::effectiveTimeUs, MarketEvent::eventTimeUs)
        .containsExactly(
            tuple(new Instrument("acme", "A"), NOW + 6 * SECOND, NOW + 100 * SECOND),
            tuple(new Instrument("acme", "B"), NOW + 6 * SECOND, NOW + 100 * SECOND),
            tuple(new Instrument("acme", "E"), NOW + 6 * SECOND, NOW + 100 * SECOND));
    subtask.close();
  }

  @Test
  void whereNothingWasReadThereIsNoBookToTell() throws Exception {
    OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask = decode(null, 1, 0);
    process(subtask, lost(true, deleted(1, 40, 100)));
    assertThat(subtask.extractOutputValues()).isEmpty();
    subtask.close();
  }

  /** Partitions change hands, and one that is silent meanwhile is not forgotten. */
  @Test
  void whatIsKnownOfAPartitionMovesWithIt() throws Exception {
    OperatorSubtaskState saved = saved();
    List<OperatorSubtaskState> next = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      try (OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask =
          decode(saved, 2, index)) {
        if (index == 1) {
          process(subtask, book(1, "F", 7));
        }
        next.add(subtask.snapshot(2, 2));
      }
    }
    OperatorSubtaskState both =
        AbstractStreamOperatorTestHarness.repackageState(next.toArray(OperatorSubtaskState[]::new));
    OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask =
        new OneInputStreamOperatorTestHarness<>(
            new DecodeOperator(TIME, SECOND, 1_000, true, TOPIC, EVERY_INSTRUMENT, false),
            256,
            1,
            0);
    subtask.initializeState(
        AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 256, 2, 1, 0));
    subtask.open();
    process(subtask, lost(true, deleted(0, 1, 100), deleted(1, 1, 100)));
    assertThat(subtask.extractOutputValues())
        .extracting(event -> event.instrument().symbol(), MarketEvent::effectiveTimeUs)
        .containsExactly(
            tuple("A", NOW + 3 * SECOND),
            tuple("C", NOW + 3 * SECOND),
            tuple("A", NOW + 7 * SECOND),
            tuple("B", NOW + 7 * SECOND),
            tuple("F", NOW + 7 * SECOND));
    subtask.close();
  }

  @Test
  void aJobThatDoesNotSkipFailsWithWhatIsGoneAndWhatToDo() throws Exception {
    OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask = decode(saved(), 1, 0);
    assertThatThrownBy(
            () -> process(subtask, lost(false, deleted(1, 40, 65), deleted(0, 2, 3_663))))
        .isInstanceOf(LostRecordsException.class)
        .hasMessage(
            "raw-orderbooks, partitions 0, 1: 42 records are deleted that the job has not read,"
                + " up to PT1H1M from 2024-08-08T23:54:19Z to 2024-08-09T00:55:19Z;"
                + " source.on-lost-records=skip goes on with the first that are left, and each book"
                + " that they fed is gap until a snapshot (flink-conf/RUNBOOK.md)");
    assertThatThrownBy(
            () ->
                process(
                    subtask,
                    lost(
                        false,
                        new LostPartition(TOPIC, 1, Cause.DELETED, 7, 0, LostPartition.NONE_LEFT))))
        .hasMessageStartingWith(
            "raw-orderbooks, partition 1: records since source.start may be deleted");
    subtask.close();
  }

  @Test
  void anotherTopicAndAnotherLogAreNamed() throws Exception {
    OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask = decode(saved(), 1, 0);
    LostPartition other =
        new LostPartition("old", 2, Cause.OTHER_TOPIC, 7, 0, LostPartition.NONE_LEFT);
    LostPartition shorter = new LostPartition(TOPIC, 1, Cause.OTHER_LOG, 7, 0, 5);
    assertThatThrownBy(() -> process(subtask, lost(false, other)))
        .hasMessageStartingWith("old, partition 2: the job goes on from a state")
        .hasMessageContaining("is to read raw-orderbooks;")
        .hasMessageContaining("source.on-lost-records=skip");
    assertThatThrownBy(() -> process(subtask, lost(false, shorter)))
        .hasMessageStartingWith(
            "raw-orderbooks, partition 1: the topic is another one by that name")
        .hasMessageContaining("source.on-lost-records=skip");
    subtask.close();
  }

  /** Names that somebody makes up do not fill the state. */
  @Test
  void ofTheBooksOfAPartitionThoseThatWereSilentForLongestAreForgotten() {
    PartitionProgress progress = new PartitionProgress(null);
    Instrument active = new Instrument("acme", "ACTIVE");
    for (int i = 0; i < 3 * PartitionProgress.MOST_BOOKS; i++) {
      progress.change(active);
      progress.change(new Instrument("acme", "MADE-UP-" + i));
    }
    assertThat(progress.toState(TOPIC, 0).books())
        .hasSize(PartitionProgress.MOST_BOOKS)
        .contains(active);
  }
}
