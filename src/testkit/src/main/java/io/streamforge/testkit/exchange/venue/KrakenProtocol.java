package io.streamforge.testkit.exchange.venue;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeProtocol;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.RestAnswer;
import java.time.Duration;

/**
 * Kraken's WebSocket API v2, {@code wss://ws.kraken.com/v2}. Where its messages' forms were read
 * stands at each of {@link KrakenMessage}'s methods. Differences from the venue: a book has the
 * depth of the recording, whatever is asked for, and its acknowledgement says so; the venue's limit
 * of requests is not published, here it is {@value #REQUESTS} a second.
 */
final class KrakenProtocol implements ExchangeProtocol {
  static final int REQUESTS = 25;

  /**
   * "approximately 150 attempts per rolling 10 minutes", docs.kraken.com/api/docs/guides/
   * spot-ws-intro. With what a further one is answered was not found.
   */
  private final RateWindow connects = new RateWindow(150, Duration.ofMinutes(10));

  private final ExchangeFloor floor;
  private int opened;

  KrakenProtocol(ExchangeFloor floor) {
    this.floor = floor;
  }

  @Override
  public String webSocketPath() {
    return "/v2";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/v2");
  }

  @Override
  public boolean refusesConnect() {
    boolean refuses = connects.exceededByOneMore();
    if (refuses) {
      floor.violated("more than 150 connects in 10 minutes");
    }
    return refuses;
  }

  @Override
  public ExchangeSession opened(ClientConnection connection, QueryStringDecoder uri) {
    KrakenSession session = new KrakenSession(connection, floor, opened++);
    session.greet();
    return session;
  }

  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    return uri.path().equals("/0/public/AssetPairs")
        ? RestAnswer.json(200, KrakenMessage.assetPairs(floor.listed()))
        : null; // books come over the WebSocket
  }
}
