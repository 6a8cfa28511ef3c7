package io.streamforge.loader.venue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.market.MarketEvent;
import io.streamforge.time.TimePolicy;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form that was captured of a venue, or stands in its documents, is read as what it is. Each
 * line of the resource names its source.
 */
class CapturedFormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final TimePolicy ANY_TIME =
      new TimePolicy(0, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, 0);

  record Form(String venue, String form, String text) {}

  static Stream<Form> forms() throws IOException {
    Stream.Builder<Form> all = Stream.builder();
    for (String venue : VenueFeeds.names()) {
      try (InputStream in =
          CapturedFormsTest.class.getResourceAsStream("/captures/" + venue + ".jsonl")) {
        String lines = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        for (String line : lines.lines().toList()) {
          JsonNode each = JSON.readTree(line);
          all.add(new Form(venue, each.path("form").asText(), each.path("text").asText()));
        }
      }
    }
    return all.build();
  }

  /** What the loader does with it, in a word. */
  private static String kind(Form form) throws IOException {
    byte[] text = form.text.getBytes(StandardCharsets.UTF_8);
    try {
      List<MarketEvent> events =
          new MessageDecoder(ANY_TIME, 16 << 20)
              .decode(form.venue, "BTCUSDT", text, 1_787_603_059_614_000L);
      if (!events.isEmpty()) {
        return events.get(0).getClass().getSimpleName();
      }
    } catch (DecodeException e) {
      // Control messages may be none to a decoder.
    }
    VenueFeed feed = VenueFeeds.of("venue", form.venue);
    return feed.pong().filter(form.text::equals).isPresent()
        ? "Nothing"
        : feed.read(JSON.readTree(text)).getClass().getSimpleName();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isReadAsWhatItIs(Form form) throws IOException {
    String expected = expected(form);
    if (expected != null) {
      assertThat(kind(form)).as(form.form + ": " + form.text).isEqualTo(expected);
    }
  }

  /** Null where the loader never meets it, or where it depends on what is asked for. */
  private static String expected(Form form) {
    String name = form.form;
    boolean answersById =
        Stream.of("binance", "bybit", "gemini").anyMatch(each -> form.venue.startsWith(each));
    if (name.startsWith("v2-") || name.startsWith("rest-e") || name.contains("request")) {
      return null;
    }
    if (name.startsWith("error")) {
      return "Refused";
    }
    if (name.equals("subscribe-ack-instrument") || name.startsWith("unsubscribe-ack")) {
      return form.venue.startsWith("binance") || form.venue.equals("gemini")
          ? "RequestAccepted"
          : "Nothing";
    }
    if (name.startsWith("subscribe-ack")) {
      boolean ofOurs =
          Stream.of("books\"", "trades\"", "order_book_btcusd\"", "level2", "subscriptions")
              .anyMatch(form.text::contains);
      return answersById ? "RequestAccepted" : ofOurs && !isKraken(form) ? "Subscribed" : null;
    }
    return switch (name) {
      case "ack", "time-answer", "list-answer", "get-property-answer" -> "RequestAccepted";
      case "pong" -> form.venue.equals("gemini") ? "RequestAccepted" : "Nothing";
      case "status", "status-maintenance", "heartbeat", "channel-conn-count" -> "Nothing";
      case "instrument-snapshot", "instrument-update" -> "Nothing";
      case "shutdown-raw", "shutdown-combined", "notice", "request-reconnect" -> "Closing";
      case "book-snapshot",
          "book-snapshot-without-checksum",
          "book-update",
          "depth-update",
          "depth-update-raw",
          "depth-update-combined",
          "rest-depth",
          "depth-answer",
          "l2-snapshot",
          "l2-update",
          "snapshot",
          "l2update" ->
          "BookUpdate";
      case "trade",
          "trade-raw",
          "trade-update",
          "trade-update-two",
          "trade-snapshot",
          "market-trades-snapshot",
          "market-trades-update",
          "agg-trade-combined",
          "match",
          "last-match" ->
          "Trade";
      default -> null;
    };
  }

  private static boolean isKraken(Form form) {
    return form.venue.equals("kraken"); // whose captures have channels that are not asked for
  }

  /** What venues list, as captured or in their documents. */
  @Test
  void listingsHaveTheSymbolsThatTrade() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (Form form : forms().toList()) {
      boolean isListing =
          List.of("listing", "exchange-info", "products", "rest-symbols", "rest-instruments")
              .contains(form.form);
      if (isListing) {
        VenueListing listing = VenueFeeds.of("venue", form.venue).facts().listing();
        listed.put(form.venue, listing.symbols(JSON.readTree(form.text)).get(0));
      }
    }
    assertThat(listed)
        .isEqualTo(
            Map.of(
                "binance-usdm", "BTCUSDT",
                "bitstamp", "btcusd",
                "bybit-inverse", "BTCUSD",
                "bybit-linear", "BTCUSDT",
                "bybit-spot", "BTCUSDT",
                "coinbase-pro", "BTC-GBP",
                "gemini", "aavegusd",
                "okx", "BTC-USDT"));
  }

  /** Its listing has the names of its WebSocket's first version. */
  @Test
  void krakensListingIsRenamed() throws IOException {
    String text =
        "{\"error\":[],\"result\":{\"XXBTZUSD\":{\"altname\":\"XBTUSD\",\"wsname\":\"XBT/USD\",\"status\":\"online\"},"
            + "\"XDGUSD\":{\"altname\":\"XDGUSD\",\"wsname\":\"XDG/USD\",\"status\":\"online\"},"
            + "\"XETHXXBT\":{\"altname\":\"ETHXBT\",\"wsname\":\"ETH/XBT\",\"status\":\"online\"},"
            + "\"OLD\":{\"altname\":\"OLD\",\"wsname\":\"OLD/USD\",\"status\":\"cancel_only\"}}}";
    assertThat(VenueFeeds.of("venue", "kraken").facts().listing().symbols(JSON.readTree(text)))
        .containsExactly("BTC/USD", "DOGE/USD", "ETH/BTC");
  }

  /** The captured one is of another topic. */
  @Test
  void bitgetsAnswerNamesTheSubscription() throws IOException {
    String text =
        "{\"event\":\"subscribe\",\"arg\":{\"instType\":\"usdt-futures\",\"topic\":\"books\",\"symbol\":\"BTCUSDT\"},\"connId\":\"0649f8ff\"}";
    assertThat(VenueFeeds.of("venue", "bitget-usdt-futures").read(JSON.readTree(text)))
        .isEqualTo(new Control.Subscribed(List.of(new Subscription(Channel.BOOK, "BTCUSDT"))));
  }

  /** The answer names no symbol: whoever asked knows it by its number. */
  @Test
  void geminisAnswerOnTheConnectionIsKnownByItsNumber() throws IOException {
    String text =
        "{\"id\":4,\"status\":200,\"result\":{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}}";
    assertThat(VenueFeeds.of("venue", "gemini").read(JSON.readTree(text)))
        .isEqualTo(new Control.Answered(4));
  }

  /** The requests that captures have, by this loader: the same but for their order and number. */
  @Test
  void requestsAreThoseOfTheDocuments() throws IOException {
    Subscription book = new Subscription(Channel.BOOK, "BTC/USD");
    assertThat(request("kraken", book, 10))
        .isEqualTo(
            JSON.readTree(
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"book\",\"symbol\":[\"BTC/USD\"],"
                    + "\"depth\":10},\"req_id\":7}"));
    assertThat(request("kraken", new Subscription(Channel.TRADES, "BTC/USD"), 10))
        .isEqualTo(
            JSON.readTree(
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"trade\",\"symbol\":[\"BTC/USD\"],"
                    + "\"snapshot\":false},\"req_id\":7}"));
    assertThat(request("binance-spot", new Subscription(Channel.BOOK, "BTCUSDT"), 1000))
        .isEqualTo(
            JSON.readTree(
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":7}"));
    assertThat(request("coinbase", new Subscription(Channel.BOOK, "BTC-USD"), Integer.MAX_VALUE))
        .isEqualTo(
            JSON.readTree(
                "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channel\":\"level2\"}"));
  }

  private static JsonNode request(String venue, Subscription wanted, int depth) throws IOException {
    VenueFeed feed = VenueFeeds.of("venue", venue);
    return JSON.readTree(feed.requests(true, List.of(wanted), depth, 7).get(0).text());
  }

  @Test
  void coinbaseNumbersEveryMessageOfItsConnection() throws IOException {
    VenueFeed coinbase = VenueFeeds.of("venue", "coinbase");
    for (Form form : forms().filter(form -> form.venue.equals("coinbase")).toList()) {
      JsonNode number = JSON.readTree(form.text).path("sequence_num");
      assertThat(coinbase.connectionNumber(form.text.getBytes(StandardCharsets.UTF_8)))
          .as(form.text)
          .isEqualTo(number.isMissingNode() ? VenueFeed.NO_NUMBER : number.asLong());
    }
  }
}
