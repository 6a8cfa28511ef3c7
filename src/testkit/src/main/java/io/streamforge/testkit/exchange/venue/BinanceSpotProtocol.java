package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeProtocol;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.RestAnswer;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.market.PlayedMarket;
import io.streamforge.testkit.reference.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Binance's spot market streams and what of its REST API a book needs. Read in
 * binance/binance-spot-api-docs@a5e0bc3d (2026-07-21): web-socket-streams.md, rest-api.md,
 * errors.md. Binance US is played alike, which was not read anywhere. Streams that the recording
 * has not are acknowledged and silent, as a wrong name is at the venue.
 */
final class BinanceSpotProtocol implements ExchangeProtocol {
  private static final int DEFAULT_LIMIT = 100;
  private static final int LARGEST_LIMIT = 5000;
  private static final List<String> QUOTES =
      List.of("USDT", "USDC", "BUSD", "FDUSD", "USD", "BTC", "ETH", "BNB", "EUR");

  /** "300 connections per attempt every 5 minutes per IP"; with what answer was not found. */
  private final RateWindow connects = new RateWindow(300, Duration.ofMinutes(5));

  private final ExchangeFloor floor;
  private final RequestWeight weight;

  BinanceSpotProtocol(ExchangeFloor floor) {
    this.floor = floor;
    weight = new RequestWeight(floor);
  }

  @Override
  public String webSocketPath() {
    return "";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/stream") || path.equals("/ws") || path.startsWith("/ws/");
  }

  @Override
  public boolean refusesConnect() {
    boolean refuses = connects.exceededByOneMore();
    if (refuses) {
      floor.violated("more than 300 connects in 5 minutes");
    }
    return refuses;
  }

  @Override
  public ExchangeSession opened(ClientConnection connection, QueryStringDecoder uri) {
    return new BinanceSpotSession(connection, floor, uri);
  }

  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    return switch (uri.path()) {
      case "/api/v3/time" -> weight.spend(1, () -> RestAnswer.json(200, time()));
      case "/api/v3/exchangeInfo" -> weight.spend(20, () -> RestAnswer.json(200, listings()));
      case "/api/v3/depth" -> {
        int limit = limit(uri);
        int price = limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1000 ? 50 : 250;
        yield weight.spend(price, () -> depth(parameter(uri, "symbol"), limit));
      }
      default -> null;
    };
  }

  private static String parameter(QueryStringDecoder uri, String name) {
    List<String> values = uri.parameters().get(name);
    return values == null ? "" : values.get(0);
  }

  private static int limit(QueryStringDecoder uri) {
    String limit = parameter(uri, "limit");
    return limit.matches("[1-9]\\d{0,6}")
        ? Math.min(LARGEST_LIMIT, Integer.parseInt(limit))
        : DEFAULT_LIMIT;
  }

  /** rest-api.md: {@code {"serverTime": 1499827319559}}. */
  private String time() {
    return "{\"serverTime\":" + floor.clock().shownUs() / 1000 + "}";
  }

  /**
   * rest-api.md, "Order book": {@code {"lastUpdateId":1027024,"bids":[["4.00000000",
   * "431.00000000"]],"asks":[…]}}; errors.md: {@code {"code":-1121,"msg":"Invalid symbol."}}.
   */
  private RestAnswer depth(String symbol, int limit) {
    if (symbol.isEmpty()) {
      String text = "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.";
      return error(400, -1102, text);
    }
    PlayedBook book = floor.offers(symbol) ? book(symbol) : null;
    if (book == null) {
      floor.violated("asked for the depth of " + symbol + ", which is not listed");
      return error(400, -1121, "Invalid symbol.");
    }
    return RestAnswer.json(
        200,
        "{\"lastUpdateId\":%d,\"bids\":[%s],\"asks\":[%s]}"
            .formatted(book.lastId(), levels(book.bids(limit)), levels(book.asks(limit))));
  }

  private PlayedBook book(String symbol) {
    PlayedMarket market = floor.market();
    Duration age = floor.faults().restAge();
    if (age.isZero() && market.book(symbol).isKnown()) {
      return market.book(symbol);
    }
    return market.bookAsOf(symbol, floor.clock().recordedUs() - age.toNanos() / 1000);
  }

  private static String levels(List<Level> levels) {
    return levels.stream()
        .map(
            level ->
                "[\"%s\",\"%s\"]"
                    .formatted(level.price().toPlainString(), level.quantity().toPlainString()))
        .collect(Collectors.joining(","));
  }

  static RestAnswer error(int status, int code, String text) {
    return RestAnswer.json(status, "{\"code\":%d,\"msg\":\"%s\"}".formatted(code, text));
  }

  /** rest-api.md, "Exchange information", without what no loader needs. */
  private String listings() {
    String symbols =
        floor.listed().stream().map(BinanceSpotProtocol::listing).collect(Collectors.joining(","));
    return ("{\"timezone\":\"UTC\",\"serverTime\":%d,\"rateLimits\":[{\"rateLimitType\":"
            + "\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":%d}],"
            + "\"exchangeFilters\":[],\"symbols\":[%s]}")
        .formatted(floor.clock().shownUs() / 1000, RequestWeight.A_MINUTE, symbols);
  }

  private static String listing(String symbol) {
    String quote = QUOTES.stream().filter(symbol::endsWith).findFirst().orElse("");
    String base = symbol.substring(0, symbol.length() - quote.length());
    return ("{\"symbol\":\"%s\",\"status\":\"TRADING\",\"baseAsset\":\"%s\","
            + "\"baseAssetPrecision\":8,\"quoteAsset\":\"%s\",\"quotePrecision\":8,"
            + "\"quoteAssetPrecision\":8,\"isSpotTradingAllowed\":true,\"filters\":[],"
            + "\"permissions\":[],\"permissionSets\":[[\"SPOT\"]]}")
        .formatted(symbol, base, quote);
  }

  /** Whether a request has an id of one of the forms in "Live Subscribing". */
  static boolean isRequestId(JsonNode id) {
    return id != null
        && (id.isNull() || id.isIntegralNumber() || (id.isTextual() && id.asText().length() <= 36));
  }
}
