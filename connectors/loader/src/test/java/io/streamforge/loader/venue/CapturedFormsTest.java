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
    for (String venue : List.of("kraken", "binance-spot", "coinbase")) {
      try (InputStream in =
          CapturedFormsTest.class.getResourceAsStream("/captures/" + venue + ".jsonl")) {
        for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
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
    return VenueFeeds.of("venue", form.venue).read(JSON.readTree(text)).getClass().getSimpleName();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isReadAsWhatItIs(Form form) throws IOException {
    String name = form.form;
    String expected =
        switch (form.venue + ' ' + name) {
          case "kraken subscribe-ack" -> null; // of channels that are not asked for, too
          case "kraken subscribe-ack-instrument",
              "kraken unsubscribe-ack",
              "kraken status",
              "kraken status-maintenance",
              "kraken heartbeat",
              "kraken pong",
              "kraken instrument-snapshot",
              "kraken instrument-update",
              "coinbase heartbeat" ->
              "Nothing";
          case "coinbase subscribe-ack", "coinbase subscribe-ack-empty" -> "Subscribed";
          case "binance-spot subscribe-ack",
              "binance-spot unsubscribe-ack",
              "binance-spot list-answer",
              "binance-spot get-property-answer" ->
              "RequestAccepted";
          case "binance-spot shutdown-raw", "binance-spot shutdown-combined" -> "Closing";
          case "kraken book-snapshot",
              "kraken book-update",
              "coinbase l2-snapshot",
              "coinbase l2-update",
              "binance-spot depth-update-raw",
              "binance-spot depth-update-combined",
              "binance-spot rest-depth" ->
              "BookUpdate";
          case "kraken trade-update",
              "kraken trade-update-two",
              "kraken trade-snapshot",
              "coinbase market-trades-snapshot",
              "coinbase market-trades-update",
              "binance-spot trade-raw",
              "binance-spot agg-trade-combined" ->
              "Trade";
          default -> name.startsWith("error-") ? "Refused" : null;
        };
    if (expected != null) {
      assertThat(kind(form)).as(form.text).isEqualTo(expected);
    }
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
    return JSON.readTree(feed.subscribe(List.of(wanted), depth, 7).get(0).text());
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
