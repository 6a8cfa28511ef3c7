package io.streamforge.testkit.exchange.venue;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.market.VenueTimes;
import io.streamforge.testkit.reference.Level;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The texts of Coinbase Exchange's WebSocket that are not recorded. Frames of 2026-09-30 are those
 * of ziyangliu-666/FastMM@6981fe85, tests/fixtures/coinbase/raw_md_stream.jsonl.
 */
final class CoinbaseProMessage {
  static final String LAST_MATCH = "{\"type\":\"last_match\"";
  private static final String MATCH = "{\"type\":\"match\"";
  private static final Pattern TRADE_ID = Pattern.compile("\"trade_id\":(\\d+)");
  private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");

  private CoinbaseProMessage() {}

  /**
   * All that a connection is subscribed to: {@code {"type":"subscriptions","channels":[{"name":
   * "level2_50","product_ids":["ETH-USD","BTC-USD"],"account_ids":null},{"name":"matches",…}]}},
   * captured 2026-09-30 in answer to {@code level2_batch}. It came before what it acknowledges.
   */
  static String subscriptions(Map<String, Set<String>> subscribed) {
    return subscribed.entrySet().stream()
        .map(
            entry ->
                "{\"name\":\"%s\",\"product_ids\":%s,\"account_ids\":null}"
                    .formatted(entry.getKey(), texts(entry.getValue())))
        .collect(Collectors.joining(",", "{\"type\":\"subscriptions\",\"channels\":[", "]}"));
  }

  private static String texts(Collection<String> texts) {
    return texts.stream().map(KrakenMessage::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  /**
   * {@code {"type":"error","message":"Failed to subscribe","reason":"level2, level3, and full
   * channels now require authentication.
   * https://docs.cloud.coinbase.com/exchange/docs/websocket-auth"}}, captured 2026-08-25:
   * AnanmayS/tape@3006421a, internal/event/event_test.go; {@code "reason":" is not a valid
   * product"}, for no product, 2023-12-12: thrasher-corp/gocryptotrader#1421; {@code "reason":"No
   * channels provided"}, 2019-08-06: ctubio/Krypto-trading-bot#977.
   */
  static String failed(String reason) {
    return "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":%s}"
        .formatted(KrakenMessage.quoted(reason));
  }

  /** docs.cdp.coinbase.com, "Exchange WebSocket Errors": {@code {"type":"error","message":…}}. */
  static String error(String text) {
    return "{\"type\":\"error\",\"message\":" + KrakenMessage.quoted(text) + "}";
  }

  /**
   * A whole book: {@code {"type":"snapshot","product_id":"ETH-USD","asks":[["2671.33",
   * "0.24000910"],…],"bids":[…],"time":"2026-09-30T02:03:12.699555Z"}}, captured; without {@code
   * time} in our recording of 2021.
   */
  static String snapshot(String product, PlayedBook book) {
    return "{\"type\":\"snapshot\",\"product_id\":\"%s\",\"asks\":[%s],\"bids\":[%s],\"time\":\"%s\"}"
        .formatted(
            product,
            levels(book.asks(Integer.MAX_VALUE)),
            levels(book.bids(Integer.MAX_VALUE)),
            VenueTimes.isoMicros(book.timeUs()));
  }

  private static String levels(List<Level> levels) {
    return levels.stream()
        .map(
            level ->
                "[\"%s\",\"%s\"]"
                    .formatted(level.price().toPlainString(), level.quantity().toPlainString()))
        .collect(Collectors.joining(","));
  }

  /** What a subscription to the trades begins with: the newest, as in our recording. */
  static String lastMatch(RawMessage trade) {
    return trade.value().replace(MATCH, LAST_MATCH);
  }

  /**
   * {@code {"type":"heartbeat","last_trade_id":278953096,"product_id":"ETH-USD","sequence":
   * 29716844241,"time":"2022-05-20T21:22:34.751219Z"}}, one a second and product.
   *
   * @param trade the newest; null before any
   */
  static String heartbeat(String product, RawMessage trade, long us) {
    return ("{\"type\":\"heartbeat\",\"last_trade_id\":%s,\"product_id\":\"%s\",\"sequence\":%s,"
            + "\"time\":\"%s\"}")
        .formatted(
            number(TRADE_ID, trade), product, number(SEQUENCE, trade), VenueTimes.isoMicros(us));
  }

  private static String number(Pattern pattern, RawMessage trade) {
    Matcher found = pattern.matcher(trade == null ? "" : trade.value());
    return found.find() ? found.group(1) : "0";
  }

  /**
   * One of {@code GET /products}, without what no loader needs: {@code {"id":"BTC-GBP",
   * "base_currency":"BTC","quote_currency":"GBP",…,"display_name":"BTC/GBP",…,"trading_disabled":
   * false,"status":"online","status_message":""}}, of 2021: bmoscon/cryptofeed@ce58c2a0,
   * sample_data/COINBASE.0.
   */
  static String product(String symbol) {
    String[] currencies = symbol.split("-", 2);
    return ("{\"id\":\"%s\",\"base_currency\":\"%s\",\"quote_currency\":\"%s\","
            + "\"display_name\":\"%s\",\"post_only\":false,\"limit_only\":false,"
            + "\"cancel_only\":false,\"trading_disabled\":false,\"status\":\"online\","
            + "\"status_message\":\"\"}")
        .formatted(symbol, currencies[0], currencies[1], symbol.replace('-', '/'));
  }
}
