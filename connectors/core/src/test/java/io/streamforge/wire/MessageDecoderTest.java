package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamforge.market.MarketEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {
  private static final String TRADE = "{\"p\":\"1\",\"q\":\"2\",\"T\":%d,\"s\":\"S\"}";
  private static final String NAMED_TRADE =
      "{\"type\":\"trade\",\"venue\":\"v\",\"symbol\":\"%s\",\"price\":1,\"quantity\":1%s}";
  private static final int TEN_MEGABYTES = 10 << 20;

  private final MessageDecoder decoder = new MessageDecoder(Decoding.TIME, 2 * TEN_MEGABYTES);

  static List<String> venues() {
    return Venues.names().stream().sorted().toList();
  }

  @Test
  void knowsTheVenuesThatItReads() {
    assertThat(venues())
        .containsExactly(
            "binance-coinm",
            "binance-spot",
            "binance-us",
            "binance-usdm",
            "bitget",
            "bitget-coin-futures",
            "bitget-spot",
            "bitget-usdc-futures",
            "bitget-usdt-futures",
            "bitstamp",
            "bybit-inverse",
            "bybit-linear",
            "bybit-spot",
            "coinbase",
            "coinbase-pro",
            "gemini",
            "kraken",
            "market-data-event",
            "okx",
            "streamforge");
    assertThat(refusal("nyse", "{}")).isEqualTo("unknown-venue");
    assertThat(refusal("", "{}")).isEqualTo("unknown-venue");
    assertThat(refusal(null, "{}")).isEqualTo("no-venue");
  }

  @Test
  void leavesStaleTradesOutAndCountsThem() throws DecodeException {
    assertThat(decode(Decoding.NOW / 1000 - 10_000)).hasSize(1);
    assertThat(decoder.staleTrades()).isZero();
    assertThat(decode(Decoding.NOW / 1000 - 10_001)).isEmpty();
    assertThat(decoder.staleTrades()).isEqualTo(1);
    assertThat(decode(Decoding.NOW / 1000)).hasSize(1);
    assertThat(decoder.staleTrades()).isZero();
  }

  /** What it says of the feed is of use to the book; it is no message of the book for that. */
  @Test
  void anAcknowledgementIsNeitherTradeNorBook() throws DecodeException {
    String answer =
        "{\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"depth\":25,"
            + "\"symbol\":\"BTC/USD\"},\"success\":true}";
    byte[] message = answer.getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode("kraken", "K", message, Decoding.NOW)).hasSize(1);
    assertThat(decoder.unused()).isTrue();
    assertThat(decode(Decoding.NOW / 1000)).hasSize(1);
    assertThat(decoder.unused()).isFalse();
  }

  @Test
  void refusesLargeMessagesUnread() {
    MessageDecoder small = new MessageDecoder(Decoding.TIME, 10);
    DecodeException refusal =
        catchThrowableOfType(
            DecodeException.class, () -> small.decode("kraken", "K", new byte[11], Decoding.NOW));
    assertThat(refusal.reason()).isEqualTo("message-too-large");
    refusal =
        catchThrowableOfType(
            DecodeException.class, () -> small.decode("kraken", "K", new byte[10], Decoding.NOW));
    assertThat(refusal.reason()).isEqualTo("malformed-json");
  }

  @Test
  void aTailMakesTheMessageMalformed() {
    String trade = TRADE.formatted(Decoding.NOW / 1000);
    for (String tail : List.of("x", "{}", ",", "]", "1", "\0")) {
      assertThat(refusal("binance-spot", trade + tail)).isEqualTo("malformed-json");
    }
    assertThat(refusal("binance-spot", trade + " \n")).isNull();
  }

  @ParameterizedTest
  @MethodSource("venues")
  void refusesWhatWouldExhaustIt(String venue) {
    String huge = "9".repeat(TEN_MEGABYTES);
    for (String message :
        List.of(
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000),
            "[".repeat(5_000) + "]".repeat(5_000),
            "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
            "{\"data\":".repeat(5_000) + "1" + "}".repeat(5_000),
            "\"" + huge + "\"",
            huge,
            "{\"s\":\"" + huge + "\",\"symbol\":\"" + huge + "\",\"channel\":\"" + huge + "\"}",
            "[1,{},\"" + huge + "\"]",
            "{\"" + huge + "\":1}",
            "{\"p\":" + huge + ",\"price\":" + huge + ",\"channel\":" + huge + "}",
            " ".repeat(TEN_MEGABYTES))) {
      long start = System.nanoTime();
      assertThat(refusal(venue, message)).as(message.substring(0, 30)).isNotNull();
      assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }
  }

  @Test
  void passesOverUnknownFieldsThatAreNotTooDeepOrLong() {
    String trade = TRADE.formatted(Decoding.NOW / 1000).replaceFirst("}$", "");
    for (String name : List.of("x", "price_of_other")) {
      String open = trade + ",\"" + name + "\":";
      assertThat(refusal("binance-spot", open + "[".repeat(15) + "]".repeat(15) + "}")).isNull();
      assertThat(refusal("binance-spot", open + "[".repeat(16) + "]".repeat(16) + "}"))
          .isEqualTo("malformed-json");
      assertThat(refusal("binance-spot", open + "[".repeat(5_000) + "]".repeat(5_000) + "}"))
          .isEqualTo("malformed-json");
    }
    assertThat(refusal("binance-spot", trade + ",\"" + "n".repeat(65) + "\":1}"))
        .isEqualTo("malformed-json");
  }

  @Test
  void refusesTextsAndNumbersThatAreTooLong() {
    for (int length : new int[] {128, 1_024, 1_025}) {
      String trade = NAMED_TRADE.formatted("S".repeat(length), "");
      assertThat(refusal("streamforge", trade))
          .isEqualTo(length == 128 ? null : length == 1_024 ? "bad-symbol" : "text-too-long");
    }
    for (int length : new int[] {1_024, 1_025}) {
      String digits = "1." + "0".repeat(length - 2);
      for (String field : List.of("price", "unknown")) {
        String trade = NAMED_TRADE.formatted("S", ",\"" + field + "\":" + digits);
        assertThat(refusal("streamforge", trade))
            .isEqualTo(length == 1_024 || field.equals("unknown") ? null : "text-too-long");
      }
    }
  }

  @Test
  void aBookOfTooManyLevelsIsFlawed() {
    String level = "[1,1]";
    String half = level + ("," + level).repeat(JsonDecoder.MAX_LEVELS / 2 - 1);
    String book =
        "{\"type\":\"book\",\"venue\":\"v\",\"snapshot\":true,\"bids\":[%s],\"asks\":[%s]}";
    assertThat(refusal("streamforge", book.formatted(half, half + "," + level))).isNull();
    assertThat(decoder.flaw()).isEqualTo("too-many-levels");
    assertThat(refusal("streamforge", book.formatted(half + "," + half + "," + level, "")))
        .isNull();
    assertThat(decoder.flaw()).isEqualTo("too-many-levels");
    assertThat(refusal("streamforge", book.formatted(half, half))).isNull();
    assertThat(decoder.flaw()).isNull();
  }

  /** The same on every JDK: its tables of characters grow from version to version. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A\0",
        "A\n",
        "A\u001b[2J",
        "A\u007f",
        "A\u0085",
        "A\u00a0",
        "A\u00ad",
        "A\u0890USD",
        "A\u0891",
        "A\u115f",
        "A\u180e",
        "A\u200b",
        "A\u2028",
        "A\u2029",
        "A\u202e",
        "A\u2060",
        "A\u2800",
        "A\u3000",
        "A\u3164",
        "A\ud800",
        "A\ue000",
        "A\ufdd0",
        "A\ufe0f",
        "A\ufeff",
        "A\uffa0",
        "A\uffff",
        "A\ud82f\udca0",
        "A\udb40\udc41",
        "A\ud83f\udfff",
        "\u3000\u2800\u115f",
        " ",
        " A",
        "A "
      })
  void refusesNamesThatWouldBeUnseenOrMoveTheCursor(String name) {
    byte[] nameless = "{\"p\":1,\"q\":1}".getBytes(StandardCharsets.UTF_8);
    DecodeException refusal =
        catchThrowableOfType(
            DecodeException.class,
            () -> decoder.decode("binance-spot", name, nameless, Decoding.NOW));
    assertThat(refusal.reason()).isEqualTo("bad-symbol");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XBT/USD", "btcusd", "a,b\"c", "'; DROP TABLE--", "=1+1", "\u0430\u0440\u0440l\u0435",
        "\u5e01\u5b89\u4eba\u751fUSDT", "\ud83d\ude80USDT", "\u088f", "\u0892", "1000\u00c4", "~"
      })
  void takesNamesThatCanBeSeen(String name) throws DecodeException {
    byte[] nameless =
        TRADE
            .formatted(Decoding.NOW / 1000)
            .replace(",\"s\":\"S\"", "")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode("binance-spot", name, nameless, Decoding.NOW))
        .extracting(event -> event.instrument().symbol())
        .containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\0",
        "{",
        "[",
        "\"",
        "{\"s\":",
        "{\"s\":\"A\u0001\"}",
        "{\"s\":\"A\nB\"}",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "[NaN]",
        "{\"p\":01}",
        "{\"p\":+1}",
        "{\"p\":.5}",
        "{\"p\":1.}",
        "// c\n{}",
        "\uFEFF",
        "{\"s\":\"\\x\"}",
        "{\"s\":\"\\u12\"}",
        "tru"
      })
  void refusesWhatIsNoJson(String message) {
    for (String venue : venues()) {
      assertThat(refusal(venue, message))
          .isIn(
              venue.equals("market-data-event")
                  ? List.of("malformed-protobuf", "no-venue")
                  : List.of("malformed-json", "unexpected-shape"));
    }
  }

  private List<MarketEvent> decode(long tradeMs) throws DecodeException {
    byte[] trade = TRADE.formatted(tradeMs).getBytes(StandardCharsets.UTF_8);
    return decoder.decode("binance-spot", "K", trade, Decoding.NOW);
  }

  private String refusal(String venue, String message) {
    DecodeException refusal =
        catchThrowableOfType(
            DecodeException.class,
            () ->
                decoder.decode(venue, "K", message.getBytes(StandardCharsets.UTF_8), Decoding.NOW));
    return refusal == null ? null : refusal.reason();
  }
}
