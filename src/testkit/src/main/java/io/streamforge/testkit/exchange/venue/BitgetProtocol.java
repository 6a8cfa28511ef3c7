package io.streamforge.testkit.exchange.venue;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeProtocol;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.RestAnswer;
import io.streamforge.testkit.exchange.wording.BitgetMessage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One market of Bitget, {@code wss://ws.bitget.com/v3/ws/public}. It plays books and trades of v3,
 * which {@link io.streamforge.testkit.exchange.wording.RetoldMarket} makes of a recording of OKX.
 * Difference from the venue: there are no other topics, and no other market on the connection.
 */
final class BitgetProtocol implements ExchangeProtocol {
  /** "300 connections requests/IP/5min", UTA, "Quick start". How one more is refused: not found. */
  static final int CONNECTS = 300;

  private static final long FIRST_ID = 0x0ac601fffe2331d1L;

  private final ExchangeFloor floor;
  private final String market;
  private final RateWindow connects = new RateWindow(CONNECTS, Duration.ofMinutes(5));
  private int opened;

  BitgetProtocol(ExchangeFloor floor, String market) {
    this.floor = floor;
    this.market = market;
  }

  @Override
  public String webSocketPath() {
    return "/v3/ws/public";
  }

  @Override
  public boolean serves(String path) {
    return path.equals(webSocketPath());
  }

  @Override
  public boolean refusesConnect() {
    boolean refuses = connects.exceededByOneMore();
    if (refuses) {
      floor.violated("more than " + CONNECTS + " connects in five minutes");
    }
    return refuses;
  }

  @Override
  public ExchangeSession opened(ClientConnection connection, QueryStringDecoder uri) {
    return new BitgetSession(connection, floor, market, "%016x".formatted(FIRST_ID + opened++));
  }

  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    if (!uri.path().equals("/api/v3/market/instruments")) {
      return null;
    }
    boolean asksForThis =
        uri.parameters()
            .getOrDefault("category", List.of())
            .contains(market.toUpperCase(Locale.ROOT));
    return RestAnswer.json(
        200,
        new BitgetMessage(market)
            .listing(asksForThis ? floor.listed() : List.of(), floor.clock().shownUs() / 1000));
  }
}
