package io.streamforge.testkit.exchange.venue;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeProtocol;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.RestAnswer;
import io.streamforge.testkit.exchange.market.PlayedBook;
import java.time.Duration;
import java.util.List;

/**
 * Binance's market streams and what of its REST API a book needs. Read in
 * binance/binance-spot-api-docs@a5e0bc3d (2026-07-21): web-socket-streams.md, rest-api.md,
 * errors.md. Binance US is played like spot, which was not read anywhere; in what the futures
 * differ stands in {@link BinanceMarket}. Streams that the recording has not are acknowledged and
 * silent, as a wrong name is at the venue.
 */
final class BinanceProtocol implements ExchangeProtocol {
  /**
   * "300 connections per attempt every 5 minutes per IP", of spot; with what answer was not found.
   * The documents of the futures name no number.
   */
  private final RateWindow connects = new RateWindow(300, Duration.ofMinutes(5));

  private final BinanceMarket venue;
  private final ExchangeFloor floor;
  private final RequestWeight weight;

  BinanceProtocol(BinanceMarket venue, ExchangeFloor floor) {
    this.venue = venue;
    this.floor = floor;
    weight = new RequestWeight(venue, floor);
  }

  @Override
  public String webSocketPath() {
    return venue.webSocketPath();
  }

  @Override
  public boolean serves(String path) {
    return path.substring(venue.route(path).length()).matches("/stream|/ws(/.*)?");
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
    return new BinanceSession(connection, floor, venue, uri);
  }

  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    if (!uri.path().startsWith(venue.restPath())) {
      return null;
    }
    return switch (uri.path().substring(venue.restPath().length())) {
      case "/time" -> weight.spend(1, () -> RestAnswer.json(200, BinanceAnswer.time(nowMs())));
      case "/exchangeInfo" -> weight.spend(venue.listingWeight(), this::listings);
      case "/depth" -> {
        String limit = parameter(uri, "limit");
        yield weight.spend(venue.depthWeight(limit), () -> depth(parameter(uri, "symbol"), limit));
      }
      default -> null;
    };
  }

  private static String parameter(QueryStringDecoder uri, String name) {
    return uri.parameters().getOrDefault(name, List.of("")).get(0);
  }

  private RestAnswer listings() {
    return RestAnswer.json(200, BinanceAnswer.listings(venue, floor.listed(), nowMs()));
  }

  private RestAnswer depth(String symbol, String limit) {
    if (symbol.isEmpty()) {
      String text = "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.";
      return BinanceAnswer.error(400, -1102, text);
    }
    int levels = venue.levels(limit);
    if (levels == 0) {
      floor.violated("asked for a depth of " + limit);
      return BinanceAnswer.error(400, -4021, limit + " is not valid depth limit");
    }
    PlayedBook book = floor.offers(symbol) ? floor.bookAskedFor(symbol) : null;
    if (book == null) {
      floor.violated("asked for the depth of " + symbol + ", which is not listed");
      return BinanceAnswer.error(400, -1121, "Invalid symbol.");
    }
    long shiftUs = floor.clock().shiftUs();
    return RestAnswer.json(200, BinanceAnswer.depth(venue, symbol, book, levels, nowMs(), shiftUs));
  }

  private long nowMs() {
    return floor.clock().shownUs() / 1000;
  }
}
