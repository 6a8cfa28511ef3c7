package io.streamforge.testkit.exchange.venue;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeProtocol;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.RestAnswer;
import java.time.Duration;
import java.util.List;

/**
 * Bybit's public WebSocket v5, {@code wss://stream.bybit.com/v5/public/} and the name of the
 * market, and the listing of its REST API. Where its messages' forms were read stands at each of
 * {@link BybitMessage}'s methods; its rules in bybit-exchange/docs@072c197d,
 * docs/v5/websocket/wss-authentication.mdx, docs/v5/websocket/public/orderbook.mdx and
 * docs/v5/rate-limit/rate-limit.mdx. Differences from the venue: a book has the levels of the
 * recording, of whichever larger depth it is, and there is one depth a symbol and connection.
 */
final class BybitProtocol implements ExchangeProtocol {
  private static final String PATH = "/v5/public/";

  /** "Do not build over 500 connections in 5 minutes"; with what answer was not found. */
  private final RateWindow connects = new RateWindow(500, Duration.ofMinutes(5));

  private final ExchangeFloor floor;
  private final String category;
  private int opened;

  /** The market {@code spot}, {@code linear} or {@code inverse}. */
  BybitProtocol(ExchangeFloor floor, String category) {
    this.floor = floor;
    this.category = category;
  }

  @Override
  public String webSocketPath() {
    return PATH + category;
  }

  @Override
  public boolean serves(String path) {
    return path.equals(PATH + category);
  }

  @Override
  public boolean refusesConnect() {
    boolean refuses = connects.exceededByOneMore();
    if (refuses) {
      floor.violated("more than 500 connects in 5 minutes");
    }
    return refuses;
  }

  @Override
  public ExchangeSession opened(ClientConnection connection, QueryStringDecoder uri) {
    BybitMessage form = new BybitMessage(category.equals("spot"), opened++);
    return new BybitSession(connection, floor, form);
  }

  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    if (!uri.path().equals("/v5/market/instruments-info")) {
      return null; // the books come over the WebSocket
    }
    long timeMs = floor.clock().shownUs() / 1000;
    if (!uri.parameters().getOrDefault("category", List.of()).contains(category)) {
      floor.violated("asked for the listing of another category than " + category);
      return RestAnswer.json(200, BybitMessage.restError(10001, "Request parameter error", timeMs));
    }
    return RestAnswer.json(200, BybitMessage.listing(category, floor.listed(), timeMs));
  }
}
