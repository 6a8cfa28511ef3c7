package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.market.VenueTimes;
import io.streamforge.testkit.reference.Level;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The texts of Coinbase's Advanced Trade WebSocket. Frames that a client's test has as captured on
 * 2026-09-05, and the recording, have no {@code client_id}, which the venue's document shows.
 */
final class CoinbaseMessage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRADES = 100;
  private static final Pattern NUMBER = Pattern.compile("\"sequence_num\":\\d+");
  private static final DateTimeFormatter SPACED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS").withZone(ZoneOffset.UTC);

  private CoinbaseMessage() {}

  /** A message of the venue's with another number of its connection. */
  static String numbered(String text, long number) {
    return NUMBER.matcher(text).replaceFirst("\"sequence_num\":" + number);
  }

  private static String message(String channel, long us, long number, String event) {
    return "{\"channel\":\"%s\",\"timestamp\":\"%s\",\"sequence_num\":%d,\"events\":[{%s}]}"
        .formatted(channel, VenueTimes.isoNanos(us), number, event);
  }

  /**
   * All that a connection is subscribed to: {@code {"channel":"subscriptions","timestamp":
   * "2026-09-05T22:10:29.563180868Z","sequence_num":3,"events":[{"subscriptions":{"heartbeats":
   * ["heartbeats"],"ticker":["BTC-PERP-INTX","ETH-PERP-INTX"]}}]}}: captured. It came after the
   * snapshots that it acknowledges, and leaves out the products that the venue does not know.
   */
  static String subscriptions(Map<String, Set<String>> subscribed, long us, long number) {
    String all =
        subscribed.entrySet().stream()
            .map(
                entry ->
                    entry.getValue().stream()
                        .map(KrakenMessage::quoted)
                        .collect(Collectors.joining(",", "\"" + entry.getKey() + "\":[", "]")))
            .collect(Collectors.joining(","));
    return message("subscriptions", us, number, "\"subscriptions\":{" + all + "}");
  }

  /**
   * {@code {"channel":"heartbeats","timestamp":"2026-09-05T22:10:30.260465255Z","sequence_num":4,
   * "events":[{"current_time":"2026-09-05 22:10:30.25788961 +0000 UTC m=+139651.272674714",
   * "heartbeat_counter":139651}]}}: captured. The venue's document has the counter as a text.
   */
  static String heartbeat(long us, long counter, long number) {
    String time = SPACED.format(Instant.EPOCH.plus(us, ChronoUnit.MICROS));
    return message(
        "heartbeats",
        us,
        number,
        "\"current_time\":\"%s +0000 UTC m=+%d.000000000\",\"heartbeat_counter\":%d"
            .formatted(time, counter, counter));
  }

  /**
   * {@code {"type":"error","message":"authentication failure"}}: captured 2026-09-05, the answer to
   * a wrong channel; also read with {@code "too many L2 streams requested in a single session"}.
   * Other texts were not found.
   */
  static String error(String text) {
    return "{\"type\":\"error\",\"message\":" + KrakenMessage.quoted(text) + "}";
  }

  /** A whole book, in the form of the recording. */
  static String snapshot(String symbol, PlayedBook book, long us, long number) {
    String time = VenueTimes.isoMicros(book.timeUs());
    List<String> updates = new ArrayList<>();
    book.bids(Integer.MAX_VALUE).forEach(level -> updates.add(update("bid", time, level)));
    book.asks(Integer.MAX_VALUE).forEach(level -> updates.add(update("offer", time, level)));
    return message(
        "l2_data",
        us,
        number,
        "\"type\":\"snapshot\",\"product_id\":\"%s\",\"updates\":[%s]"
            .formatted(symbol, String.join(",", updates)));
  }

  private static String update(String side, String time, Level level) {
    return "{\"side\":\"%s\",\"event_time\":\"%s\",\"price_level\":\"%s\",\"new_quantity\":\"%s\"}"
        .formatted(side, time, level.price().toPlainString(), level.quantity().toPlainString());
  }

  /** The newest trades, the newest first, in the form of the recording. */
  static String tradeSnapshot(Collection<RawMessage> messages, long us, long number) {
    List<RawMessage> newestFirst = new ArrayList<>(messages);
    Collections.reverse(newestFirst);
    List<String> trades = new ArrayList<>();
    for (RawMessage message : newestFirst) {
      for (JsonNode event : json(message).get("events")) {
        event.get("trades").forEach(trade -> trades.add(trade.toString()));
      }
    }
    String all = String.join(",", trades.subList(0, Math.min(TRADES, trades.size())));
    return message("market_trades", us, number, "\"type\":\"snapshot\",\"trades\":[" + all + "]");
  }

  private static JsonNode json(RawMessage message) {
    try {
      return JSON.readTree(message.value());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot read a recorded message of " + message.key(), e);
    }
  }

  /**
   * The products on the channel {@code status}: {@code "products":[{"id":"BTC-USD",
   * "base_currency":"BTC","quote_currency":"USD","display_name":"BTC/USD","status":"online",
   * "status_message":…}]}, docs.cdp.coinbase.com, "WebSocket Channels"; not seen in a capture.
   */
  static String status(Collection<String> symbols, String type, String state, long us, long n) {
    String products =
        symbols.stream()
            .map(
                symbol ->
                    ("{\"product_type\":\"SPOT\",\"id\":\"%s\",\"base_currency\":\"%s\","
                            + "\"quote_currency\":\"%s\",\"display_name\":\"%s\",\"status\":\"%s\","
                            + "\"status_message\":\"\"}")
                        .formatted(
                            symbol,
                            symbol.replaceFirst("-.*", ""),
                            symbol.replaceFirst(".*-", ""),
                            symbol.replace('-', '/'),
                            state))
            .collect(Collectors.joining(","));
    return message("status", us, n, "\"type\":\"" + type + "\",\"products\":[" + products + "]");
  }
}
