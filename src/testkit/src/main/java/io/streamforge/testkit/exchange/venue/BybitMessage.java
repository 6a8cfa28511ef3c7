package io.streamforge.testkit.exchange.venue;

import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.reference.Level;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts of Bybit's public WebSocket v5, on one connection. Zoomex and PointPay speak the
 * protocol of Bybit's contracts, and pass its own messages on: what was captured there is told so.
 */
final class BybitMessage {
  private static final List<String> QUOTES = List.of("USDT", "USDC", "USD", "EUR", "BTC", "ETH");

  private final boolean spot;
  private final String connectionId;

  BybitMessage(boolean spot, int connection) {
    this.spot = spot;
    connectionId = "da7tou12ob6fpjtusqi0-8f" + Integer.toHexString(connection);
  }

  boolean isSpot() {
    return spot;
  }

  /**
   * Of spot, captured 2026-09-02: {@code {"success":true,"ret_msg":"subscribe","conn_id":
   * "d9avrj8i70nu0j2a80n0-9cfc4","op":"subscribe"}}, and with {@code "ret_msg":"unsubscribe"} for
   * that, SenkenGuard/senken@25882b1a, plugins/bybit/src/feed.rs; {@code "req_id"} where the
   * request has one, document. Of contracts, captured 2026-09-23 at PointPay: {@code
   * {"success":true,"ret_msg":"","conn_id":"da7tou12ob6fpjtusqi0-8f1rr","req_id":"probe-pp",
   * "op":"subscribe"}}, nemanull/arbitrage-observatory@2cbe7062, docs/profiles/pointpay/
   * websocket.md; {@code "req_id":""} without one, document. That of their {@code unsubscribe} was
   * found in tests of clients only. The topics are never named.
   */
  String accepted(String operation, String requestId) {
    return answer(true, spot ? operation : "", requestId, operation);
  }

  /**
   * Captured 2026-09-23 as above: {@code {"success":true,"ret_msg":"pong","conn_id":
   * "da7tou12ob6fpjtusqi0-8f1rr","req_id":"ping-pp","op":"ping"}}; of spot without {@code req_id},
   * document.
   */
  String pong(String requestId) {
    return answer(true, "pong", requestId, "ping");
  }

  /**
   * Captured 2026-10-02, of contracts: {@code {"success":false,"ret_msg":"error:handler not
   * found,topic:publicTrade.NOTASYMBOL","conn_id":"da7tne17jutmkv5im010-bcdap","req_id":"",
   * "op":"subscribe"}}, nikshev/market-forge@7f0d71c1, tests/unit/connectors/
   * test_rejection_frames.py. At PointPay also {@code error:already subscribed,topic:…} and {@code
   * error:invalid op}. Of spot, {@code args size >10}: sieblyio/bybit-api#174 and
   * JeppeOEM/nautilus_trader_fork@70e464e2, platform/docs/DATA_DICTIONARY.md; {@code Invalid symbol
   * :[orderbook.50.NOPE]} was found in four clients, in no capture.
   */
  String refused(String text, String requestId, String operation) {
    return answer(false, text, requestId, operation);
  }

  private String answer(boolean success, String text, String requestId, String operation) {
    String id = requestId == null ? spot ? null : "" : requestId;
    return "{\"success\":%s,\"ret_msg\":%s,\"conn_id\":\"%s\",%s\"op\":%s}"
        .formatted(
            success,
            KrakenMessage.quoted(text),
            connectionId,
            id == null ? "" : "\"req_id\":" + KrakenMessage.quoted(id) + ",",
            KrakenMessage.quoted(operation));
  }

  /**
   * A whole book, in the form of the recording; {@code seq} counts what the exchange does not keep,
   * here it is {@code u}. "Spot: the ts field appears before the type field", orderbook.mdx.
   */
  String snapshot(String topic, String symbol, PlayedBook book) {
    long ms = book.timeUs() / 1000;
    String time = "\"ts\":" + ms;
    String type = "\"type\":\"snapshot\"";
    return ("{\"topic\":\"%s\",%s,%s,\"data\":{\"s\":\"%s\",\"b\":[%s],\"a\":[%s],\"u\":%d,"
            + "\"seq\":%d},\"cts\":%d}")
        .formatted(
            topic,
            spot ? time : type,
            spot ? type : time,
            symbol,
            levels(book.bids(Integer.MAX_VALUE)),
            levels(book.asks(Integer.MAX_VALUE)),
            book.lastId(),
            book.lastId(),
            ms);
  }

  private static String levels(List<Level> levels) {
    return levels.stream()
        .map(
            level ->
                "[\"%s\",\"%s\"]"
                    .formatted(level.price().toPlainString(), level.quantity().toPlainString()))
        .collect(Collectors.joining(","));
  }

  /**
   * docs/v5/market/instrument.mdx of bybit-exchange/docs@072c197d, without what no loader needs,
   * and in one page: {@code {"retCode":0,"retMsg":"OK","result":{"category":"spot","list":[
   * {"symbol":"BTCUSDT","baseCoin":"BTC","quoteCoin":"USDT","status":"Trading",…}]},
   * "retExtInfo":{},"time":1672712468011}}.
   */
  static String listing(String category, Collection<String> symbols, long timeMs) {
    String all = symbols.stream().map(BybitMessage::listed).collect(Collectors.joining(","));
    return ("{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"category\":\"%s\",\"list\":[%s],"
            + "\"nextPageCursor\":\"\"},\"retExtInfo\":{},\"time\":%d}")
        .formatted(category, all, timeMs);
  }

  private static String listed(String symbol) {
    String quote = QUOTES.stream().filter(symbol::endsWith).findFirst().orElse("");
    return "{\"symbol\":\"%s\",\"baseCoin\":\"%s\",\"quoteCoin\":\"%s\",\"status\":\"Trading\"}"
        .formatted(symbol, symbol.substring(0, symbol.length() - quote.length()), quote);
  }

  /** docs/v5/error.mdx of bybit-exchange/docs@072c197d. */
  static String restError(int code, String text, long timeMs) {
    return "{\"retCode\":%d,\"retMsg\":\"%s\",\"result\":{},\"retExtInfo\":{},\"time\":%d}"
        .formatted(code, text, timeMs);
  }
}
