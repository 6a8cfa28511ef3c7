package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.market.VenueTimes;
import io.streamforge.testkit.reference.KrakenBook;
import io.streamforge.testkit.reference.Level;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The texts of Kraken's WebSocket API v2. Answers have their fields in alphabetical order. */
final class KrakenMessage {
  private static final long FIRST_ID = 8_125_794_168_470_749_634L;

  private KrakenMessage() {}

  /**
   * A capture of 2026-09-25 has {@code
   * {"channel":"status","type":"update","data":[{"version":"2.0.10","system":"online",
   * "api_version":"v2","connection_id":18125794168470749634,"upcoming_maintenance":[],
   * "emergency":[]}]}}; one of 2026-08-02 lacks the last two fields: jdardash/crossbook@defcb837,
   * fuzz/seeds/decode/kraken_status.json. Other values of {@code system}: {@code cancel_only},
   * {@code maintenance}, {@code post_only}, docs.kraken.com/exchange/api-reference/
   * spot-websocket-v2/status. The id exceeds a signed 64-bit number, as captured.
   */
  static String status(String system, int connection) {
    return "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.10\","
        + "\"system\":\""
        + system
        + "\",\"api_version\":\"v2\",\"connection_id\":1"
        + (FIRST_ID + connection)
        + ",\"upcoming_maintenance\":[],\"emergency\":[]}]}";
  }

  /**
   * The listing of REST, which has the names of the WebSocket's first version in {@code wsname}:
   * nautechsystems/nautilus_trader@a95c8042b0, crates/adapters/kraken/test_data/
   * http_asset_pairs.json. Its keys and further fields are left out here but for {@code altname}.
   */
  static String assetPairs(Collection<String> symbols) {
    return symbols.stream()
        .map(symbol -> symbol.replace("BTC", "XBT").replace("DOGE", "XDG"))
        .map(
            name ->
                "\"%s\":{\"altname\":\"%s\",\"wsname\":\"%s\",\"status\":\"online\"}"
                    .formatted(name.replace("/", ""), name.replace("/", ""), name))
        .collect(Collectors.joining(",", "{\"error\":[],\"result\":{", "}}"));
  }

  /** {@code {"channel":"heartbeat"}}, jdardash/crossbook@defcb837, kraken_heartbeat.json. */
  static String heartbeat() {
    return "{\"channel\":\"heartbeat\"}";
  }

  /**
   * An acknowledgement. {@code {"method":"subscribe","result":{"channel":"book","depth":25,
   * "snapshot":true,"symbol":"BTC/USD"},"success":true,"time_in":…,"time_out":…}}: captured,
   * jdardash/crossbook@defcb837, fuzz/seeds/decode/kraken_subscribe_ack.json. Where {@code req_id}
   * stands: Brendan-Blanchard/kraken-async-rs@84ec0c05, src/test_data/wss_messages.rs, of
   * 2024-05-19. The one of {@code unsubscribe} was found in tests of clients only: {@code
   * "result":{"channel":"book","depth":25,"symbol":"BTC/USD"}}.
   *
   * @param result the fields of {@code result}, as JSON
   */
  static String acknowledged(String method, String requestId, String result, String time) {
    return ("{\"method\":\"%s\",%s\"result\":{%s},\"success\":true,"
            + "\"time_in\":\"%s\",\"time_out\":\"%s\"}")
        .formatted(method, requestId(requestId), result, time, time);
  }

  /**
   * A refusal. {@code {"error":"Currency pair not supported XBT/USD","method":"subscribe",
   * "success":false,"symbol":"XBT/USD","time_in":…,"time_out":…}}: captured 2026-09-25.
   *
   * <p>{@code docs/venues/kraken.md} has the captures of the other texts. {@code "Exceeded msg
   * rate"} alone was read in a document only.
   *
   * @param symbol null where the refusal is of none
   */
  static String refused(String error, String method, String requestId, String symbol, String time) {
    return ("{\"error\":%s,\"method\":%s,%s\"success\":false,%s"
            + "\"time_in\":\"%s\",\"time_out\":\"%s\"}")
        .formatted(
            quoted(error),
            quoted(method),
            requestId(requestId),
            symbol == null ? "" : "\"symbol\":" + quoted(symbol) + ",",
            time,
            time);
  }

  /**
   * {@code {"method":"pong","req_id":1,"time_in":…,"time_out":…}}, of 2024-05-20:
   * Brendan-Blanchard/kraken-async-rs@84ec0c05, src/test_data/wss_messages.rs.
   */
  static String pong(String requestId, String time) {
    return "{\"method\":\"pong\",%s\"time_in\":\"%s\",\"time_out\":\"%s\"}"
        .formatted(requestId(requestId), time, time);
  }

  private static String requestId(String id) {
    return id == null ? "" : "\"req_id\":" + id + ",";
  }

  /** A whole book, in the form of the recordings. */
  static String snapshot(String symbol, PlayedBook book) {
    List<Level> bids = book.bids(Integer.MAX_VALUE);
    List<Level> asks = book.asks(Integer.MAX_VALUE);
    return ("{\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":%s,\"bids\":[%s],"
            + "\"asks\":[%s],\"checksum\":%d,\"timestamp\":\"%s\"}]}")
        .formatted(
            quoted(symbol),
            levels(bids),
            levels(asks),
            KrakenBook.checksum(asks, bids),
            VenueTimes.isoMicros(book.timeUs()));
  }

  private static String levels(List<Level> levels) {
    return levels.stream()
        .map(
            level ->
                "{\"price\":%s,\"qty\":%s}"
                    .formatted(level.price().toPlainString(), level.quantity().toPlainString()))
        .collect(Collectors.joining(","));
  }

  /**
   * The newest trades, the oldest first: {@code {"channel":"trade","type":"snapshot","data":[…]}},
   * docs.kraken.com/exchange/api-reference/spot-websocket-v2/trade.
   */
  static String tradeSnapshot(Collection<RawMessage> trades) {
    return trades.stream()
        .map(RawMessage::value)
        .map(text -> text.substring(text.indexOf('[') + 1, text.lastIndexOf(']')))
        .collect(
            Collectors.joining(
                ",", "{\"channel\":\"trade\",\"type\":\"snapshot\",\"data\":[", "]}"));
  }

  /**
   * What is listed: {@code {"channel":"instrument","type":"snapshot","data":{"assets":[…],
   * "pairs":[…]}}} of docs.kraken.com/api/docs/websocket-v2/instrument. The fields of a pair were
   * read in tests of clients: {@code {"symbol":"BTC/USD","base":"BTC","quote":"USD",
   * "status":"online","qty_precision":8,"qty_increment":0.00000001,"price_precision":1,
   * "cost_precision":5,"cost_min":0.5,"tick_size":0.1,"price_increment":0.1,"qty_min":0.0001}}.
   *
   * @param type {@code snapshot} or {@code update}
   * @param pairs each of {@link #pair}
   */
  static String instruments(String type, Collection<String> pairs) {
    return "{\"channel\":\"instrument\",\"type\":\"%s\",\"data\":{\"assets\":[],\"pairs\":[%s]}}"
        .formatted(type, String.join(",", pairs));
  }

  /**
   * One of {@link #instruments}.
   *
   * @param status {@code online} or {@code delisted}
   * @param price how many decimals a price has
   * @param quantity how many decimals a quantity has
   */
  static String pair(String symbol, String status, int price, int quantity) {
    int slash = Math.max(0, symbol.indexOf('/'));
    String tick = decimal(price);
    return ("{\"symbol\":%s,\"base\":%s,\"quote\":%s,\"status\":\"%s\",\"qty_precision\":%d,"
            + "\"qty_increment\":%s,\"price_precision\":%d,\"cost_precision\":5,\"cost_min\":0.5,"
            + "\"tick_size\":%s,\"price_increment\":%s,\"qty_min\":0.0001}")
        .formatted(
            quoted(symbol),
            quoted(symbol.substring(0, slash)),
            quoted(symbol.substring(Math.min(slash + 1, symbol.length()))),
            status,
            quantity,
            decimal(quantity),
            price,
            tick,
            tick);
  }

  private static String decimal(int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", Math.pow(10, -decimals));
  }

  static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
