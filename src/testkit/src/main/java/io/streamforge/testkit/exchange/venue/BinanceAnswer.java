package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.testkit.exchange.RestAnswer;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.reference.Level;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The texts of Binance's that are not recorded. */
final class BinanceAnswer {
  private static final List<String> QUOTES =
      List.of("USDT", "USDC", "BUSD", "FDUSD", "USD", "BTC", "ETH", "BNB", "EUR");

  private BinanceAnswer() {}

  /** "Subscribe to a stream": {@code {"result": null, "id": 1}}. */
  static String answer(String result, JsonNode id) {
    return "{\"result\":" + result + ",\"id\":" + id + "}";
  }

  /**
   * {@code {"error":{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}}},
   * crypto-crawler/crypto-crawler-rs@8091c2cc, crypto-msg-type/src/exchanges/binance.rs; and on the
   * futures {@code {"error":{"code":4,"msg":"Too many subscriptions"}}}, measured 2026-10-07:
   * dilettante-trading/polyoxide@02d5e4da,
   * docs/superpowers/specs/2026-10-07-polyoxide-binance-design.md. The document has it without
   * {@code error}.
   */
  static String refusal(int code, String text, JsonNode id) {
    return "{\"error\":{\"code\":%d,\"msg\":%s}%s}"
        .formatted(code, KrakenMessage.quoted(text), id == null ? "" : ",\"id\":" + id);
  }

  /** "Server Shutdown" of spot. */
  static String shutdown(long ms, boolean combined) {
    String event = "{\"e\":\"serverShutdown\",\"E\":" + ms + "}";
    return combined ? "{\"stream\":\"!serverShutdown\",\"data\":" + event + "}" : event;
  }

  /** {@code {"serverTime": 1499827319559}}. */
  static String time(long ms) {
    return "{\"serverTime\":" + ms + "}";
  }

  /** errors.md: {@code {"code":-1121,"msg":"Invalid symbol."}}; the futures answer alike. */
  static RestAnswer error(int status, int code, String text) {
    return RestAnswer.json(status, "{\"code\":%d,\"msg\":\"%s\"}".formatted(code, text));
  }

  /**
   * "Order book" of spot: {@code {"lastUpdateId":1027024,"bids":[["4.00000000","431.00000000"]],
   * "asks":[…]}}. Our recordings have those of the futures: {@code {"lastUpdateId":4984028384061,
   * "E":1721347022759,"T":1721347022750,"bids":[…],"asks":[…]}}, in COIN-M with {@code
   * "symbol":"BTCUSD_PERP","pair":"BTCUSD"} behind the times.
   */
  static String depth(
      BinanceMarket market, String symbol, PlayedBook book, int levels, long sentMs, long shiftUs) {
    String times = ",\"E\":%d,\"T\":%d".formatted(sentMs, (book.timeUs() + shiftUs) / 1000);
    String more =
        switch (market) {
          case SPOT -> "";
          case USDM -> times;
          case COINM ->
              times + ",\"symbol\":\"%s\",\"pair\":\"%s\"".formatted(symbol, pair(symbol));
        };
    return "{\"lastUpdateId\":%d%s,\"bids\":[%s],\"asks\":[%s]}"
        .formatted(book.lastId(), more, levels(book.bids(levels)), levels(book.asks(levels)));
  }

  private static String levels(List<Level> levels) {
    return levels.stream()
        .map(
            level ->
                "[\"%s\",\"%s\"]"
                    .formatted(level.price().toPlainString(), level.quantity().toPlainString()))
        .collect(Collectors.joining(","));
  }

  private static String pair(String symbol) {
    return symbol.replaceFirst("_.*", "");
  }

  /** "Exchange information", without what no loader needs. */
  static String listings(BinanceMarket market, Collection<String> symbols, long ms) {
    String all =
        symbols.stream().map(symbol -> listing(market, symbol)).collect(Collectors.joining(","));
    return ("{\"timezone\":\"UTC\",\"serverTime\":%d,%s\"rateLimits\":[{\"rateLimitType\":"
            + "\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":%d}],"
            + "\"exchangeFilters\":[],\"symbols\":[%s]}")
        .formatted(
            ms,
            market == BinanceMarket.USDM ? "\"futuresType\":\"U_MARGINED\"," : "",
            market.weightAMinute(),
            all);
  }

  /**
   * One symbol. A contract of COIN-M has {@code contractStatus} in place of {@code status}, as
   * captured on 2026-09-25: BYTEX-TRADE/bytex,
   * tests/Bytex.Adapters.Tests/Fixtures/BinancePayloads.cs.
   */
  private static String listing(BinanceMarket market, String symbol) {
    String pair = pair(symbol);
    String quote = QUOTES.stream().filter(pair::endsWith).findFirst().orElse("");
    String base = pair.substring(0, pair.length() - quote.length());
    String assets = "\"baseAsset\":\"%s\",\"quoteAsset\":\"%s\"".formatted(base, quote);
    String contract =
        "{\"symbol\":\"%s\",\"pair\":\"%s\",\"contractType\":\"PERPETUAL\","
            .formatted(symbol, pair);
    return switch (market) {
      case SPOT ->
          ("{\"symbol\":\"%s\",\"status\":\"TRADING\",%s,\"isSpotTradingAllowed\":true,"
                  + "\"filters\":[],\"permissions\":[],\"permissionSets\":[[\"SPOT\"]]}")
              .formatted(symbol, assets);
      case USDM ->
          contract
              + "\"status\":\"TRADING\",%s,\"marginAsset\":\"%s\",\"filters\":[]}"
                  .formatted(assets, quote);
      case COINM ->
          contract
              + ("\"contractStatus\":\"TRADING\",%s,\"marginAsset\":\"%s\",\"contractSize\":%d,"
                      + "\"filters\":[]}")
                  .formatted(assets, base, base.equals("BTC") ? 100 : 10);
    };
  }
}
