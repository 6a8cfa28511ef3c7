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
 * Coinbase Exchange's market data without a key, {@code wss://ws-feed.exchange.coinbase.com}. Its
 * limits are those of docs.cdp.coinbase.com, "Exchange WebSocket Rate Limits" (read 2026-11-30).
 */
final class CoinbaseProProtocol implements ExchangeProtocol {
  /**
   * "Requests per second per IP: 8"; the 20 that go in bursts are not granted here. With what a
   * further one is answered was not found.
   */
  private static final int CONNECTS = 8;

  /** "Messages sent by the client every second per IP: 100". */
  static final int MESSAGES = 100;

  private final ExchangeFloor floor;
  private final RateWindow connects = new RateWindow(CONNECTS, Duration.ofSeconds(1));
  private final RateWindow messages = new RateWindow(MESSAGES, Duration.ofSeconds(1));

  CoinbaseProProtocol(ExchangeFloor floor) {
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
    return new CoinbaseProSession(connection, floor, messages);
  }

  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    return uri.path().equals("/products")
        ? RestAnswer.json(
            200,
            floor.listed().stream()
                .map(CoinbaseProMessage::product)
                .collect(Collectors.joining(",", "[", "]")))
        : null;
  }
}
