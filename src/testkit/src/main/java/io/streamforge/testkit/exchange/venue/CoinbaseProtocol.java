package io.streamforge.testkit.exchange.venue;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeProtocol;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.RestAnswer;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Coinbase's Advanced Trade market data, {@code wss://advanced-trade-ws.coinbase.com}. Where the
 * forms of its messages were read stands in {@link CoinbaseMessage}.
 */
final class CoinbaseProtocol implements ExchangeProtocol {
  /**
   * Connects a second and address; docs.cdp.coinbase.com names 750 for the newest, 8 before. With
   * what a further one is answered was not found.
   */
  static final int CONNECTS = 8;

  /** "Unauthenticated messages: capped at 8 per second per IP", docs.cdp.coinbase.com. */
  static final int MESSAGES = 8;

  private final ExchangeFloor floor;
  private final RateWindow connects = new RateWindow(CONNECTS, Duration.ofSeconds(1));
  private final RateWindow messages = new RateWindow(MESSAGES, Duration.ofSeconds(1));

  CoinbaseProtocol(ExchangeFloor floor) {
    this.floor = floor;
  }

  @Override
  public String webSocketPath() {
    return "";
  }

  @Override
  public boolean serves(String path) {
    return path.isEmpty() || path.equals("/");
  }

  @Override
  public boolean refusesConnect() {
    boolean refuses = connects.exceededByOneMore();
    if (refuses) {
      floor.violated("more than " + CONNECTS + " connects in a second");
    }
    return refuses;
  }

  @Override
  public ExchangeSession opened(ClientConnection connection, QueryStringDecoder uri) {
    return new CoinbaseSession(connection, floor, messages);
  }

  /**
   * The listing of {@code GET /api/v3/brokerage/market/products}, without what no loader needs:
   * nautechsystems/nautilus_trader@a95c8042, crates/adapters/coinbase/test_data/http_products.json.
   */
  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    if (!uri.path().equals("/api/v3/brokerage/market/products")) {
      return null;
    }
    String products =
        floor.listed().stream().map(CoinbaseProtocol::product).collect(Collectors.joining(","));
    return RestAnswer.json(
        200,
        "{\"products\":[%s],\"num_products\":%d,\"pagination\":null}"
            .formatted(products, floor.listed().size()));
  }

  private static String product(String symbol) {
    int dash = symbol.indexOf('-');
    return ("{\"product_id\":\"%s\",\"is_disabled\":false,\"new\":false,\"status\":\"online\","
            + "\"cancel_only\":false,\"limit_only\":false,\"post_only\":false,"
            + "\"trading_disabled\":false,\"auction_mode\":false,\"product_type\":\"SPOT\","
            + "\"quote_currency_id\":\"%s\",\"base_currency_id\":\"%s\",\"view_only\":false,"
            + "\"display_name\":\"%s\",\"product_venue\":\"CBE\"}")
        .formatted(symbol, symbol.substring(dash + 1), symbol.substring(0, dash), symbol);
  }
}
