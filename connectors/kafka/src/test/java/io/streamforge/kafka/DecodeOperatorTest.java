package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.streamforge.admission.AdmissionRule;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.protobuf.EventType;
import io.streamforge.wire.protobuf.MarketDataEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeOperatorTest {
  private static final long NOW = 1_723_161_256_000_000L;
  private static final long SECOND = 1_000_000;
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);
  private static final AdmissionRule EVERY_INSTRUMENT =
      new AdmissionRule(1_000, SECOND, false, InstrumentRegistry.EMPTY);
  private static final String TRADE =
      "{\"p\":\"61837.63\",\"q\":\"0.02\",\"T\":%d,\"m\":true,\"s\":\"BTCUSDT\"}";

  private InterceptingOperatorMetricGroup metrics;
  private MockEnvironment environment;
  private OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> harness;

  @BeforeEach
  void open() throws Exception {
    open(true);
  }

  private void open(boolean keyRequired) throws Exception {
    metrics = new InterceptingOperatorMetricGroup();
    environment =
        new MockEnvironmentBuilder()
            .setMetricGroup(
                new InterceptingTaskMetricGroup() {
                  @Override
                  public InternalOperatorMetricGroup getOrAddOperator(
                      OperatorID id, String name, Map<String, String> variables) {
                    return metrics;
                  }
                })
            .build();
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new DecodeOperator(
                TIME, SECOND, 1_000, keyRequired, "raw-orderbooks", EVERY_INSTRUMENT, false),
            environment);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
    environment.close();
  }

  @Test
  void decodesAndCountsTheLate() throws Exception {
    process("BTCUSDT", TRADE.formatted(NOW / 1000 - 100), NOW);
    process("BTCUSDT", TRADE.formatted(NOW / 1000 - 501), NOW);
    process("BTCUSDT", TRADE.formatted(NOW / 1000 - 10_001), NOW);

    assertThat(harness.extractOutputValues())
        .extracting(event -> event.instrument().id(), MarketEvent::effectiveTimeUs)
        .containsExactly(
            tuple("binance-spot:BTCUSDT", 1_723_161_255_900_000L),
            tuple("binance-spot:BTCUSDT", 1_723_161_255_500_000L));
    assertThat(count("late_records")).isEqualTo(1);
    assertThat(count("stale_trades")).isEqualTo(1);
    assertThat(count("dead_letters")).isZero();
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void quotesAreCountedAndGiveNothing() throws Exception {
    for (EventType type : List.of(EventType.TICKER, EventType.ORDER_BOOK, EventType.TRADE)) {
      byte[] event =
          MarketDataEvent.newBuilder()
              .setExchange("acme")
              .setSymbol("BTCUSDT")
              .setPrice(61837.63)
              .setVolume(0.02)
              .setTimestamp(NOW)
              .setEventType(type)
              .build()
              .toByteArray();
      harness.processElement(
          new RawRecord("raw-trades", 3, 99, bytes("K"), event, "market-data-event", NOW),
          NOW / 1000);
    }
    assertThat(harness.extractOutputValues())
        .extracting(event -> event.instrument().id(), MarketEvent::effectiveTimeUs)
        .containsExactly(tuple("acme:BTCUSDT", 1_723_161_256_000_000L));
    assertThat(count("unused_messages")).isEqualTo(2);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void heartbeatsGiveNothing() throws Exception {
    harness.processElement(new RawRecord("raw-trades", 3, 99, null, null, null, NOW), NOW / 1000);
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void garbageBecomesADeadLetterWithItsOwnBytes() throws Exception {
    byte[] value = {(byte) 0xff, 0, '{'};
    byte[] key = {(byte) 0xfe};
    harness.processElement(
        new RawRecord("raw-trades", 3, 99, key, value, "binance-spot", NOW), NOW / 1000);

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).isSameAs(key);
              assertThat(letter.value()).isSameAs(value);
              assertThat(letter.timestampMs()).isEqualTo(-1);
              assertThat(letter.headers())
                  .containsExactly(
                      Map.entry("topic", "raw-trades"),
                      Map.entry("partition", "3"),
                      Map.entry("offset", "99"),
                      Map.entry("reason", "malformed-json"),
                      Map.entry("venue", "binance-spot"));
            });
    assertThat(count("dead_letters")).isEqualTo(1);
  }

  @Test
  void aBookAndADeadLetterKeepTheTraceContext() throws Exception {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    String book =
        "{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"X\",\"previous_sequence\":7,\"sequence\":8,"
            + "\"bids\":[[\"10\",\"1\"]],\"asks\":[]}";
    for (String message : List.of(book, "garbage")) {
      String topic = message.equals(book) ? "raw-orderbooks" : "raw-trades";
      harness.processElement(
          new RawRecord(
              topic, 3, 99, bytes("X"), bytes(message), "streamforge", NOW, parent, 0, null, false),
          NOW / 1000);
    }
    assertThat(harness.extractOutputValues())
        .singleElement()
        .isInstanceOfSatisfying(
            BookUpdate.class, update -> assertThat(update.traceparent()).isEqualTo(parent));
    assertThat(deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.headers()).containsEntry("traceparent", parent));
  }

  @Test
  void aMessageOfWhichOnePartIsBadGivesTheOthersAndADeadLetter() throws Exception {
    String message =
        "[0,[[\"1\",\"1\",\"1723161255.9\",\"s\"],[\"1\",\"0\",\"1723161255.9\",\"s\"]],"
            + "\"trade\",\"XBT/USD\"]";
    harness.processElement(
        new RawRecord("raw-trades", 0, 1, bytes("K"), bytes(message), "kraken", NOW), NOW / 1000);
    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(reasons()).containsExactly("quantity-not-positive");
    assertThat(count("dead_letters")).isEqualTo(1);
  }

  @Test
  void everyRuleHasItsReason() throws Exception {
    String trade = TRADE.formatted(NOW / 1000);
    process("K", trade, RawRecord.NO_TIME);
    process("K", null, RawRecord.NO_TIME);
    process(null, trade, NOW);
    process("K", trade + " ".repeat(1_000), NOW);
    process("K", TRADE.formatted(NOW / 1000 + 10_001), NOW);
    harness.processElement(
        new RawRecord("raw-trades", 3, 99, bytes("K"), bytes(trade), null, NOW), NOW / 1000);
    harness.processElement(
        new RawRecord("raw-trades", 3, 99, bytes("K"), bytes(trade), "nyse", NOW), NOW / 1000);

    assertThat(reasons())
        .containsExactly(
            "bad-receive-time",
            "bad-receive-time",
            "no-key",
            "message-too-large",
            "event-time-in-future",
            "no-venue",
            "unknown-venue");
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(count("dead_letters")).isEqualTo(7);
  }

  @Test
  void aTopicOfOnePartitionNeedsNoKeys() throws Exception {
    close();
    open(false);
    process(null, TRADE.formatted(NOW / 1000), NOW);
    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(deadLetters()).isEmpty();
  }

  private static RawRecord trade(int partition, long offset, long eventMs, long receiveMs) {
    return new RawRecord(
        "raw-trades",
        partition,
        offset,
        bytes("K"),
        bytes(TRADE.formatted(NOW / 1000 + eventMs)),
        "binance-spot",
        NOW + receiveMs * 1000);
  }

  private static RawRecord heartbeat(int partition, long offset, long receiveMs) {
    return new RawRecord("raw-trades", partition, offset, null, null, null, NOW + receiveMs * 1000);
  }

  private static PartitionSample sample(
      int partition, long second, long first, long last, long completeSecond) {
    return new PartitionSample(
        "raw-trades", partition, NOW + second * SECOND, first, last, NOW + completeSecond * SECOND);
  }

  private static void process(
      OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask, RawRecord... records)
      throws Exception {
    for (RawRecord record : records) {
      subtask.processElement(record, record.receiveTimeUs() / 1000);
    }
  }

  private static void completeUntil(
      OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask, long second)
      throws Exception {
    subtask.processWatermark((NOW + second * SECOND) / 1000 - 1);
  }

  /** What was said of samples since the last call. */
  private static List<PartitionSample> samples(
      OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask) {
    Queue<StreamRecord<PartitionSample>> records =
        subtask.getSideOutput(DecodeOperator.PARTITION_SAMPLES);
    List<PartitionSample> samples = new ArrayList<>();
    while (records != null && !records.isEmpty()) {
      samples.add(records.poll().getValue());
    }
    return samples;
  }

  @Test
  void saysWhichRecordsCountInASampleThatIsComplete() throws Exception {
    process(
        harness,
        heartbeat(0, 4, 50),
        trade(0, 5, 100, 150),
        trade(2, 8, 200, 250),
        heartbeat(0, 6, 300),
        trade(0, 7, 1_000, 1_100),
        trade(0, 8, 999, 1_150),
        trade(0, 9, -30_000, 1_200)); // too old: left out
    process("K", "garbage", NOW + 1_200_000);
    process(harness, heartbeat(0, 10, 1_599));
    assertThat(samples(harness)).isEmpty();
    completeUntil(harness, 1);
    long none = PartitionSample.NONE;
    assertThat(samples(harness))
        .containsExactly(
            sample(0, 1, 5, 8, 0), // its own records do not say yet that it is complete
            sample(2, 1, 8, 8, -1),
            sample(3, 0, none, none, 0));
    completeUntil(harness, 1);
    assertThat(samples(harness)).isEmpty();
    process(harness, heartbeat(0, 11, 1_600), heartbeat(0, 12, 2_600));
    completeUntil(harness, 2);
    assertThat(samples(harness)).containsExactly(sample(0, 2, 7, 7, 2));
  }

  @Test
  void samplesAreSaidInOrderAndEachWhenItIsComplete() throws Exception {
    process(harness, trade(0, 1, 4_100, 100), trade(0, 2, 2_100, 200), trade(0, 3, 4_200, 300));
    completeUntil(harness, 3);
    assertThat(samples(harness)).containsExactly(sample(0, 3, 2, 2, -1));
    completeUntil(harness, 9);
    assertThat(samples(harness)).containsExactly(sample(0, 5, 1, 3, -1));
  }

  /** Others complete the sample while this subtask has no watermark. */
  @Test
  void whoFallsIdleSaysAllOfItAndFromThenOnAtOnce() throws Exception {
    process(harness, trade(1, 5, 100, 150), trade(1, 6, 1_200, 1_250));
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(samples(harness)).containsExactly(sample(1, 1, 5, 5, 0), sample(1, 2, 6, 6, 0));
    process(harness, trade(1, 7, 1_300, 1_350));
    assertThat(samples(harness)).containsExactly(sample(1, 2, 7, 7, 0));
    harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    process(harness, trade(1, 8, 1_400, 1_450));
    assertThat(samples(harness)).isEmpty();
    completeUntil(harness, 2);
    assertThat(samples(harness)).containsExactly(sample(1, 2, 8, 8, 0));
  }

  @Test
  void samplesThatAreNotCompleteMoveToAnySubtask() throws Exception {
    process(harness, trade(0, 5, 100, 150), trade(1, 8, 200, 250), trade(1, 9, 1_300, 1_350));
    OperatorSubtaskState saved = harness.snapshot(1, 1);
    List<PartitionSample> said = new ArrayList<>();
    List<PartitionSample> later = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      try (OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask =
          new OneInputStreamOperatorTestHarness<>(
              new DecodeOperator(
                  TIME, SECOND, 1_000, true, "raw-orderbooks", EVERY_INSTRUMENT, false),
              256,
              2,
              index)) {
        subtask.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(saved, 256, 1, 2, index));
        subtask.open();
        process(subtask, trade(1 - index, 10 + index, 700, 750)); // the partitions change hands
        completeUntil(subtask, 1);
        said.addAll(samples(subtask));
        completeUntil(subtask, 2);
        later.addAll(samples(subtask));
      }
    }
    assertThat(said)
        .containsExactlyInAnyOrder(
            sample(0, 1, 5, 5, -1),
            sample(1, 1, 8, 8, 0),
            sample(1, 1, 10, 10, 0),
            sample(0, 1, 11, 11, 0));
    assertThat(later).containsExactly(sample(1, 2, 9, 9, 0));
  }

  /** Late, so that it counts by its receipt alone, which was held against the broker's clock. */
  private static RawRecord checked(int partition, long offset, long eventMs, long receiveMs) {
    return new RawRecord(
        "raw-trades",
        partition,
        offset,
        bytes("K"),
        bytes(TRADE.formatted(NOW / 1000 + eventMs)),
        "binance-spot",
        NOW + receiveMs * 1000,
        null,
        0,
        null,
        true);
  }

  private static List<Long> effectiveMs(
      OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask) {
    List<Long> times =
        subtask.extractOutputValues().stream()
            .map(event -> (event.effectiveTimeUs() - NOW) / 1000)
            .toList();
    subtask.getOutput().clear();
    return times;
  }

  /** A producer's clock goes back; a partition's watermark does not. */
  @Test
  void aClockThatFallsBackIsFollowedAsFarAsDisorderGoes() throws Exception {
    process(
        harness,
        checked(0, 1, 5_000, 10_000),
        checked(0, 2, 5_000, 1_000),
        checked(1, 1, 0, 1_000));
    assertThat(effectiveMs(harness)).containsExactly(9_500L, 9_400L, 500L);
  }

  @Test
  void howFarPartitionsHaveComeMovesToAnySubtask() throws Exception {
    process(
        harness,
        checked(0, 1, 10_000, 10_000),
        checked(1, 1, 20_000, 20_000),
        checked(2, 1, 30_000, 30_000));
    List<OperatorSubtaskState> saved = List.of(harness.snapshot(1, 1));
    int[][] widths = {{3, 1}, {2, 3}, {1, 2}}; // subtasks, and of how many before
    for (int[] width : widths) {
      OperatorSubtaskState all =
          AbstractStreamOperatorTestHarness.repackageState(
              saved.toArray(OperatorSubtaskState[]::new));
      saved = new ArrayList<>();
      for (int index = 0; index < width[0]; index++) {
        try (OneInputStreamOperatorTestHarness<RawRecord, MarketEvent> subtask =
            new OneInputStreamOperatorTestHarness<>(
                new DecodeOperator(
                    TIME, SECOND, 1_000, true, "raw-orderbooks", EVERY_INSTRUMENT, false),
                256,
                width[0],
                index)) {
          subtask.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  all, 256, width[1], width[0], index));
          subtask.open();
          saved.add(subtask.snapshot(2, 2)); // before any partition is heard of again
          int partition = (index + 1) % 3; // of another subtask's before
          long eventMs = partition * 10_000L + 5_000;
          process(subtask, checked(partition, 2, eventMs, 1_000));
          assertThat(effectiveMs(subtask)).containsExactly(eventMs + 4_400);
        }
      }
    }
  }

  private void process(String key, String value, long receiveTimeUs) throws Exception {
    harness.processElement(
        new RawRecord("raw-trades", 3, 99, bytes(key), bytes(value), "binance-spot", receiveTimeUs),
        NOW / 1000);
  }

  private List<OutputRecord> deadLetters() {
    Queue<StreamRecord<OutputRecord>> letters = harness.getSideOutput(DecodeOperator.DEAD_LETTERS);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  private List<String> reasons() {
    return deadLetters().stream().map(letter -> letter.headers().get("reason")).toList();
  }

  private long count(String counter) {
    return ((Counter) metrics.get(counter)).getCount();
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
