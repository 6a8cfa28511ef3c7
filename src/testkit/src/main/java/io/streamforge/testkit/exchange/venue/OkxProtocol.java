package io.streamforge.testkit.exchange.venue;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeProtocol;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.RestAnswer;
import io.streamforge.testkit.exchange.wording.OkxMessage;
import java.time.Duration;
import java.util.List;

/**
 * OKX's public market data, {@code wss://ws.okx.com:8443/ws/v5/public}. It plays recordings of the
 * channels {@code books} and {@code trades} in their form of 2026: {@link
 * io.streamforge.testkit.exchange.wording.RetoldMarket} makes them of others. Differences from the
 * venue: there are no other channels but {@code instruments}; a quiet book is not told so each
 * minute.
 */
final class OkxProtocol implements ExchangeProtocol {
  /** "limited to 480 times per hour" and connection, docs-v5, "Connect" of 2026-07-08. */
  static final int REQUESTS = 480;

  /** "3 requests per second (based on IP)", as above. How one more is refused was not found. */
  static final int CONNECTS = 3;

  private static final int FIRST_ID = 0x27e931e5;

  private final ExchangeFloor floor;
  private final RateWindow connects = new RateWindow(CONNECTS, Duration.ofSeconds(1));
  private int opened;

  OkxProtocol(ExchangeFloor floor) {
    this.floor = floor;
  }

  @Override
  public String webSocketPath() {
    return "/ws/v5/public";
  }

  @Override
  public boolean serves(String path) {
    return path.equals(webSocketPath());
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
    return new OkxSession(connection, floor, Integer.toHexString(FIRST_ID + opened++));
  }

  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    if (!uri.path().equals("/api/v5/public/instruments")) {
      return null;
    }
    List<String> types = uri.parameters().getOrDefault("instType", List.of());
    return RestAnswer.json(
        200,
        OkxMessage.listing(
            floor.listed().stream()
                .filter(symbol -> types.contains(OkxMessage.type(symbol)))
                .map(symbol -> OkxMessage.instrument(symbol, "live"))
                .toList()));
  }
}
