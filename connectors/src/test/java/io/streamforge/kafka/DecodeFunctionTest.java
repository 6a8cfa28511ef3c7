package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.EventText;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.TimePolicy;
import io.streamforge.wire.protobuf.EventType;
import io.streamforge.wire.protobuf.MarketDataEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeFunctionTest {
  private static final long NOW = 1_723_161_256_000_000L;
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
    TimePolicy time = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeFunction(time, 1_000, keyRequired)), environment);
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
        .map(EventText::of)
        .containsExactly(
            "binance-spot:BTCUSDT trade SELL 61837.63 x 0.02"
                + " event=1723161255900000 effective=1723161255900000",
            "binance-spot:BTCUSDT trade SELL 61837.63 x 0.02"
                + " event=1723161255499000 effective=1723161255500000");
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
        .map(EventText::of)
        .containsExactly(
            "acme:BTCUSDT trade UNKNOWN 61837.63 x 0.02"
                + " event=1723161256000000 effective=1723161256000000");
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
      harness.processElement(
          new RawRecord("t", 3, 99, bytes("X"), bytes(message), "streamforge", NOW, parent),
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
  void aMessageOfWhichOnePartIsBadGivesNoEvent() throws Exception {
    String message =
        "[0,[[\"1\",\"1\",\"1723161255.9\",\"s\"],[\"1\",\"0\",\"1723161255.9\",\"s\"]],"
            + "\"trade\",\"XBT/USD\"]";
    harness.processElement(
        new RawRecord("raw-trades", 0, 1, bytes("K"), bytes(message), "kraken", NOW), NOW / 1000);
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(reasons()).containsExactly("quantity-not-positive");
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

  private void process(String key, String value, long receiveTimeUs) throws Exception {
    harness.processElement(
        new RawRecord("raw-trades", 3, 99, bytes(key), bytes(value), "binance-spot", receiveTimeUs),
        NOW / 1000);
  }

  private List<OutputRecord> deadLetters() {
    Queue<StreamRecord<OutputRecord>> letters = harness.getSideOutput(DecodeFunction.DEAD_LETTERS);
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
