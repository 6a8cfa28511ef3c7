package io.streamforge.testkit.exchange.venue;

import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.market.VenueTimes;
import io.streamforge.testkit.reference.Level;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The texts of Bitstamp's WebSocket v2 and REST API. "Notes" are those of 2026-09-15 in
 * nemanull/arbitrage-observatory@11b37323, docs/profiles/bitstamp/websocket.md and rest.md.
 */
final class BitstampMessage {
  private static final int CODE_LENGTH = 3;

  private BitstampMessage() {}

  /**
   * Captured 2022-01-05, and alike 2026-09-02: {@code {"event":"bts:subscription_succeeded",
   * "channel":"diff_order_book_sgbeur","data":{}}}, bmoscon/cryptofeed@ce58c2a0, sample_data/
   * BITSTAMP.ws.1.0. That of {@code bts:unsubscribe}, {@code bts:unsubscription_succeeded}, was
   * found in clients only.
   */
  static String succeeded(String what, String channel) {
    return "{\"event\":\"bts:%s_succeeded\",\"channel\":%s,\"data\":{}}"
        .formatted(what, KrakenMessage.quoted(channel));
  }

  /**
   * Notes: {@code {"event": "bts:error", "channel": "", "data": {"code": null, "message":
   * "Incorrect JSON format."}}}, and the same with {@code Bad subscription string.} or {@code
   * Invalid channel provided.}
   */
  static String error(String text) {
    return "{\"event\":\"bts:error\",\"channel\":\"\",\"data\":{\"code\":null,\"message\":\"%s\"}}"
        .formatted(text);
  }

  /**
   * Notes: {@code {"event": "bts:heartbeat", "channel": "", "data": {"status": "success"}}}, the
   * answer to {@code {"event":"bts:heartbeat"}}.
   */
  static String heartbeat() {
    return "{\"event\":\"bts:heartbeat\",\"channel\":\"\",\"data\":{\"status\":\"success\"}}";
  }

  /**
   * The venue's document, as quoted in the notes: {@code {"event": "bts:request_reconnect",
   * "channel": "", "data": null}}. Tests of clients have {@code "data":""}.
   */
  static String requestReconnect() {
    return "{\"event\":\"bts:request_reconnect\",\"channel\":\"\",\"data\":null}";
  }

  /**
   * Captured 2022-01-04: {@code {"timestamp": "1641343695", "microtimestamp": "1641343695572693",
   * "bids": [["0.14695", "4567.41344936"], …], "asks": […]}}, bmoscon/cryptofeed@ce58c2a0,
   * sample_data/BITSTAMP.http.0.0. The microtimestamp is that of the book's last change.
   */
  static String book(PlayedBook book, long shiftUs) {
    String text =
        "{\"timestamp\": \"%d\", \"microtimestamp\": \"%d\", \"bids\": [%s], \"asks\": [%s]}"
            .formatted(
                book.lastId() / 1_000_000,
                book.lastId(),
                levels(book.bids(Integer.MAX_VALUE)),
                levels(book.asks(Integer.MAX_VALUE)));
    return VenueTimes.unixShifted(text, shiftUs);
  }

  private static String levels(List<Level> levels) {
    return levels.stream()
        .map(
            level ->
                "[\"%s\", \"%s\"]"
                    .formatted(level.price().toPlainString(), level.quantity().toPlainString()))
        .collect(Collectors.joining(", "));
  }

  /**
   * The markets, without what no loader needs: {@code [{"name":"BTC/USD","market_symbol":"btcusd",
   * "base_currency":"BTC","base_decimals":8,"counter_currency":"USD","counter_decimals":2,
   * "trading":"Enabled","market_type":"SPOT"}]}, SenkenGuard/senken@519e3ac1, plugins/bitstamp/
   * tests/fixtures/markets.json.
   */
  static String markets(Collection<String> symbols) {
    return symbols.stream()
        .map(
            symbol -> {
              String upper = symbol.toUpperCase(Locale.ROOT);
              int cut = Math.max(0, upper.length() - CODE_LENGTH);
              return ("{\"name\":\"%s/%s\",\"market_symbol\":\"%s\",\"base_currency\":\"%s\","
                      + "\"counter_currency\":\"%s\",\"trading\":\"Enabled\","
                      + "\"market_type\":\"SPOT\"}")
                  .formatted(
                      upper.substring(0, cut),
                      upper.substring(cut),
                      symbol,
                      upper.substring(0, cut),
                      upper.substring(cut));
            })
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** The code and its text: the venue's document, as quoted in the notes. */
  static String tooManyRequests() {
    return "{\"response_code\":\"400.002\","
        + "\"response_explanation\":\"Request rejected due to exceeded rate limit\"}";
  }
}
