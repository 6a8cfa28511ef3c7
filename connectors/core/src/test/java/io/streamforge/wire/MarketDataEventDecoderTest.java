package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamforge.market.EventText;
import io.streamforge.wire.protobuf.EventType;
import io.streamforge.wire.protobuf.MarketDataEvent;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketDataEventDecoderTest {
  private static final MarketDataEvent TRADE =
      MarketDataEvent.newBuilder()
          .setExchange("acme")
          .setSymbol("BTCUSDT")
          .setPrice(61837.63)
          .setVolume(0.02)
          .setTimestamp(1_723_161_255_708L)
          .setEventType(EventType.TRADE)
          .build();
  private static final String READ =
      "acme:BTCUSDT trade UNKNOWN 61837.63 x 0.02"
          + " event=1723161255708000 effective=1723161255708000";

  private final MessageDecoder decoder = new MessageDecoder(Decoding.TIME, 1 << 23);

  @Test
  void readsATradeWithoutASide() {
    assertThat(events(TRADE)).containsExactly(READ);
    assertThat(decoder.unused()).isFalse();
  }

  /** Field by field, so that no other number or type of a field would do. */
  @Test
  void theBytesAreThoseOfTheContract() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "0a0461636d65" // 1: "acme"
                    + "120742544355534454" // 2: "BTCUSDT"
                    + "198fc2f528b431ee40" // 3: 61837.63
                    + "217b14ae47e17a943f" // 4: 0.02
                    + "289cbea8a39332" // 5: 1723161255708
                    + "3000"); // 6: TRADE
    assertThat(events(bytes)).containsExactly(READ);
    bytes[bytes.length - 1] = 2; // TICKER
    assertThat(events(bytes)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = EventType.class,
      names = {"ORDER_BOOK", "TICKER"})
  void quotesGiveNoEvent(EventType type) {
    assertThat(events(TRADE.toBuilder().setEventType(type).build())).isEmpty();
    assertThat(decoder.unused()).isTrue();
    assertThat(events(TRADE)).hasSize(1);
    assertThat(decoder.unused()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_723_161_255L, 1_723_161_255_000L, 1_723_161_255_000_000L})
  void theTimesUnitIsToldByItsMagnitude(long time) {
    assertThat(events(TRADE.toBuilder().setTimestamp(time).build()).get(0))
        .contains(" event=1723161255000000 ");
  }

  @Test
  void whatWasNotSentIsOfTheRecord() {
    assertThat(events(TRADE.toBuilder().clearTimestamp().clearSymbol().build()).get(0))
        .startsWith("acme:KEY trade ")
        .endsWith(" event=%1$d effective=%1$d".formatted(Decoding.NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "61837.0, 61837.0",
    "1e5, 100000.0",
    "2e16, 20000000000000000",
    "1e-5, 0.000010",
    "2e-18, 0.000000000000000002",
    "0.30000000000000004, 0.30000000000000004",
    "9007199254740993, 9007199254740992",
    "2.0E-3, 0.002"
  })
  void numbersAreTheShortestDecimalsOfTheirDoubles(double value, String read) {
    assertThat(events(TRADE.toBuilder().setPrice(value).setVolume(value).build()).get(0))
        .contains(" UNKNOWN " + read + " x " + read + " event=");
  }

  @ParameterizedTest
  @CsvSource({
    "0, price-not-positive, quantity-not-positive",
    "-0.0, price-not-positive, quantity-not-positive",
    "-1, price-not-positive, quantity-not-positive",
    "-Infinity, price-not-positive, quantity-not-positive",
    "Infinity, not-a-number, not-a-number",
    "NaN, not-a-number, not-a-number",
    "1e18, number-out-of-range, number-out-of-range",
    "1.7976931348623157e308, number-out-of-range, number-out-of-range",
    "4.9e-324, number-out-of-range, number-out-of-range",
    "1.5e-18, number-out-of-range, number-out-of-range"
  })
  void refusesNumbersThatAreNone(double value, String asPrice, String asVolume) {
    assertThat(refusal(TRADE.toBuilder().setPrice(value).build())).isEqualTo(asPrice);
    assertThat(refusal(TRADE.toBuilder().setVolume(value).build())).isEqualTo(asVolume);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a\nb", "a\u0085", "\0", "=A1", "Binance"})
  void refusesNamesThatCannotStandInKeys(String exchange) {
    assertThat(refusal(TRADE.toBuilder().setExchange(exchange).build())).isEqualTo("bad-venue");
    assertThat(refusal(TRADE.toBuilder().setExchange("").build())).isEqualTo("no-venue");
    assertThat(refusal(TRADE.toBuilder().setExchange("x".repeat(129)).build()))
        .isEqualTo("bad-venue");
  }

  @Test
  void refusesSymbolsThatCannotStandInKeys() {
    assertThat(refusal(TRADE.toBuilder().setSymbol("a\u0001").build())).isEqualTo("bad-symbol");
    assertThat(refusal(TRADE.toBuilder().setSymbol("x".repeat(129)).build()))
        .isEqualTo("bad-symbol");
    byte[] unnamed = TRADE.toBuilder().clearSymbol().build().toByteArray();
    assertThat(refusal(null, unnamed)).isEqualTo("no-symbol");
  }

  @ParameterizedTest
  @ValueSource(longs = {5, -1, -1_723_161_255_708L, 20_000_000_000L})
  void refusesTimesThatAreNone(long time) {
    assertThat(refusal(TRADE.toBuilder().setTimestamp(time).build())).isEqualTo("bad-timestamp");
  }

  @Test
  void refusesTimesInTheFuture() {
    assertThat(refusal(TRADE.toBuilder().setTimestamp(Decoding.NOW + 10_000_001).build()))
        .isEqualTo("event-time-in-future");
  }

  @Test
  void refusesOtherKindsOfEvents() {
    for (int type : List.of(3, -1, Integer.MAX_VALUE)) {
      assertThat(refusal(TRADE.toBuilder().setEventTypeValue(type).build()))
          .isEqualTo("unknown-event-type");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00", // no field has the number 0
        "0a", // length is missing
        "0a05414243", // shorter than it says
        "0affffffff0f", // a length below 0
        "0affffffff07", // 2 GB
        "0a02c328", // not UTF-8
        "0a03eda080", // half a character
        "19000000", // half a double
        "28ffffffffffffffffffff01", // a number of 11 bytes
        "0c", // the end of a group that has not begun
        "0b", // a group without an end
        "0f", // no such type
        "7b2270223a317d" // JSON
      })
  void refusesWhatIsNoProtobuf(String hex) {
    assertThat(refusal("K", HexFormat.of().parseHex(hex))).isEqualTo("malformed-protobuf");
    assertThat(refusal("K", concat(TRADE.toByteArray(), HexFormat.of().parseHex(hex))))
        .isEqualTo("malformed-protobuf");
  }

  @Test
  void refusesGroupsWithoutAnEndHoweverDeep() {
    byte[] groups = new byte[1 << 20];
    Arrays.fill(groups, (byte) 0x3b); // each opens another, of field 7
    assertThat(refusal("K", groups)).isEqualTo("malformed-protobuf");
  }

  @Test
  void anEmptyMessageIsATradeWithoutAVenue() {
    assertThat(refusal("K", new byte[0])).isEqualTo("no-venue");
  }

  @Test
  void unknownFieldsArePassedOverAndTakeNoMemory() throws DecodeException {
    byte[] unknown = new byte[4 << 20];
    for (int i = 0; i < unknown.length; i += 2) {
      unknown[i] = 0x38; // field 7, a number
    }
    byte[] message = concat(TRADE.toByteArray(), unknown);
    decoder.decode("market-data-event", "KEY", message, Decoding.NOW);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(decoder.decode("market-data-event", "KEY", message, Decoding.NOW)).hasSize(1);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  @Test
  void theLastOfAFieldsValuesCounts() {
    byte[] twice =
        concat(
            TRADE.toBuilder().setPrice(1).setSymbol("ETHUSDT").build().toByteArray(),
            TRADE.toByteArray());
    assertThat(events(twice)).containsExactly(READ);
  }

  private List<String> events(MarketDataEvent event) {
    return events(event.toByteArray());
  }

  private List<String> events(byte[] message) {
    try {
      return decoder.decode("market-data-event", "KEY", message, Decoding.NOW).stream()
          .map(EventText::of)
          .toList();
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }

  private String refusal(MarketDataEvent event) {
    return refusal("KEY", event.toByteArray());
  }

  private String refusal(String key, byte[] message) {
    DecodeException refusal =
        catchThrowableOfType(
            DecodeException.class,
            () -> decoder.decode("market-data-event", key, message, Decoding.NOW));
    assertThat(refusal).isNotNull();
    assertThat(decoder.unused()).isFalse();
    return refusal.reason();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
