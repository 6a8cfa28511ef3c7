package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookLimits;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.marketgraph.SubtaskHarness.Saved;
import io.streamforge.testkit.Updates;
import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a feed is asked for a snapshot, and by what bytes. */
class BookResyncTest {
  private static final long START_US = 1_723_161_255_000_000L;
  private static final long RETRY_US = 10_000_000;
  private static final Map<String, String> TRACED = Map.of("venue", "acme", "traceparent", "lost");

  private final BookUpdateBuilder builder = new BookUpdateBuilder();
  private KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, SymbolSample> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness(0);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, SymbolSample> harness(
      long spreadUs) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, SymbolSample> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new InstrumentsOperator(
                new InstrumentSettings(
                    1_000_000,
                    300_000_000,
                    604_800_000_000L,
                    60_000_000,
                    Map.of(),
                    new BookLimits(100_000, 1000, 60_000_000),
                    RETRY_US,
                    spreadUs,
                    1 << 20,
                    InstrumentRegistry.EMPTY)),
            event -> event.instrument().id(),
            Types.STRING);
    harness.open();
    return harness;
  }

  private void snapshot(double atSeconds, long sequence, long bid, long ask) throws Exception {
    send("X", atSeconds, builder.begin().snapshot(sequence), bid, ask);
  }

  private void delta(double atSeconds, long sequence, long bid, long ask) throws Exception {
    send("X", atSeconds, builder.begin().delta(sequence - 1, sequence), bid, ask);
  }

  private void send(String symbol, double atSeconds, BookUpdateBuilder message, long bid, long ask)
      throws Exception {
    if (bid > 0) {
      message.level(true, bid, 0, 1, 0);
    }
    if (ask > 0) {
      message.level(false, ask, 0, 1, 0);
    }
    long timeUs = START_US + (long) (atSeconds * 1e6);
    harness.processElement(
        new StreamRecord<>(message.build(new Instrument("acme", symbol), timeUs, timeUs)));
  }

  private List<String> requestsUntil(int seconds) throws Exception {
    harness.processWatermark(new Watermark((START_US + seconds * 1_000_000L) / 1000 - 1));
    List<String> requests = new ArrayList<>();
    Queue<StreamRecord<OutputRecord>> output = harness.getSideOutput(InstrumentsOperator.RESYNCS);
    while (output != null && !output.isEmpty()) {
      requests.add(new String(output.poll().getValue().value(), StandardCharsets.UTF_8));
    }
    return requests;
  }

  private static String request(String reason, String expected, String received, int seconds) {
    return ("{\"schema\":\"book-resync/1\",\"instrument\":\"acme:X\",\"reason\":\"%s\",\"expected\":%s,"
            + "\"received\":%s,\"time_us\":%d}")
        .formatted(reason, expected, received, START_US + seconds * 1_000_000L);
  }

  @Test
  void aGapAsksAtTheNextSampleAndAgainWhileItLasts() throws Exception {
    snapshot(0.1, 7, 100, 101);
    delta(0.5, 10, 99, 0);
    assertThat(requestsUntil(25))
        .containsExactly(
            request("gap", "7", "9", 1),
            request("gap", "7", "9", 11),
            request("gap", "7", "9", 21));
    snapshot(25.5, 10, 100, 101);
    assertThat(requestsUntil(60)).isEmpty();
  }

  /** Of that message, and not of what came after it, also after a restart. */
  @Test
  void everyRequestHasTheTraceContextOfTheMessageThatShowedTheLoss() throws Exception {
    Saved saved;
    try (var operator = SubtaskHarness.instruments(RecordedRun.INSTRUMENTS, Saved.NOTHING)) {
      operator.process(Updates.snapshot(7).bid("10", "1").ask("11", "1").at(START_US).build());
      operator.process(
          Updates.delta(9).bid("10", "2").at(START_US + 500_000).build().trace("lost"));
      operator.process(
          Updates.delta(10).bid("10", "3").at(START_US + 600_000).build().trace("afterwards"));
      operator.completeUntil(START_US + 10_000_000);
      assertThat(operator.take(InstrumentsOperator.RESYNCS))
          .singleElement()
          .satisfies(request -> assertThat(request.headers()).isEqualTo(TRACED));
      saved = Saved.of(List.of(operator));
    }
    try (var operator = SubtaskHarness.instruments(RecordedRun.INSTRUMENTS, saved)) {
      operator.completeUntil(START_US + 70_000_000);
      assertThat(operator.take(InstrumentsOperator.RESYNCS))
          .hasSize(2)
          .allSatisfy(request -> assertThat(request.headers()).isEqualTo(TRACED));
    }
  }

  @Test
  void aSnapshotWithinTheSampleNeedsNoRequest() throws Exception {
    snapshot(0.1, 7, 100, 101);
    delta(0.5, 10, 99, 0);
    snapshot(0.6, 11, 100, 101);
    assertThat(requestsUntil(20)).isEmpty();
  }

  @Test
  void theNextGapIsAnIncidentOfItsOwn() throws Exception {
    snapshot(0.1, 7, 100, 101);
    delta(0.5, 10, 99, 0);
    requestsUntil(1);
    snapshot(1.2, 10, 100, 101);
    delta(2.5, 20, 99, 0);
    assertThat(requestsUntil(4)).containsExactly(request("gap", "10", "19", 3));
  }

  @Test
  void aBookCrossedForOverASecondAsks() throws Exception {
    snapshot(0.1, 7, 100, 101);
    delta(0.5, 8, 102, 0);
    assertThat(requestsUntil(10)).containsExactly(request("crossed", "null", "null", 2));
  }

  @Test
  void aBookCrossedForAMomentDoesNot() throws Exception {
    snapshot(0.1, 7, 100, 101);
    delta(0.9, 8, 102, 0);
    delta(1.1, 9, 0, 103);
    send("X", 1.2, removal(10, 101), 0, 0);
    assertThat(requestsUntil(30)).isEmpty();
  }

  private BookUpdateBuilder removal(long sequence, long ask) {
    BookUpdateBuilder message = builder.begin().delta(sequence - 1, sequence);
    message.level(false, ask, 0, 0, 0);
    return message;
  }

  @Test
  void deltasWithoutASnapshotAsk() throws Exception {
    delta(0.5, 8, 100, 0);
    delta(0.6, 9, 100, 0);
    assertThat(requestsUntil(5)).containsExactly(request("no-snapshot", "null", "null", 2));
  }

  @Test
  void manyBooksThatBreakTogetherAskOneAfterAnother() throws Exception {
    harness.close();
    harness = harness(5_000_000);
    for (int i = 0; i < 200; i++) {
      send("S" + i, 0.1, builder.begin().snapshot(7), 100, 101);
      send("S" + i, 0.5, builder.begin().delta(9, 10), 99, 0);
    }
    int all = 0;
    for (int second = 1; second <= 6; second++) {
      int now = requestsUntil(second).size();
      assertThat(now).isLessThan(80);
      all += now;
    }
    assertThat(all).isEqualTo(200);
  }
}
