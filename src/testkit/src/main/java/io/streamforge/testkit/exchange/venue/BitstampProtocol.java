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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bitstamp's WebSocket v2, {@code wss://ws.bitstamp.net}, and what of its REST API a book needs.
 * Where its messages' forms were read stands at each of {@link BitstampMessage}'s methods; how REST
 * behaves was measured 2026-09-15: nemanull/arbitrage-observatory@11b37323, docs/profiles/bitstamp/
 * rest.md. Differences from the venue: no ping frames, which come each 54 s; times in whole seconds
 * may be one off after a shift.
 */
final class BitstampProtocol implements ExchangeProtocol {
  private static final Pattern BOOK = Pattern.compile("/api/v2/order_book/([^/]+)/?");

  /** "The edge serves a cached book for up to about a second", for the same address and query. */
  static final long FRESH = Duration.ofSeconds(1).toNanos();

  private record Cached(RestAnswer answer, long sinceNanos) {}

  /** "All clients can make 400 requests per second". */
  private final RateWindow aSecond = new RateWindow(400, Duration.ofSeconds(1));

  /** "There is a default limit threshold of 10,000 requests per 10 minutes in place". */
  private final RateWindow tenMinutes = new RateWindow(10_000, Duration.ofMinutes(10));

  private final ExchangeFloor floor;
  private final Map<String, Cached> edge = new HashMap<>();

  BitstampProtocol(ExchangeFloor floor) {
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
    return false; // no limit was found
  }

  @Override
  public ExchangeSession opened(ClientConnection connection, QueryStringDecoder uri) {
    return new BitstampSession(connection, floor);
  }

  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    boolean tooQuick = aSecond.exceededByOneMore();
    if (tenMinutes.exceededByOneMore() || tooQuick) {
      floor.violated("sent more than 400 requests in a second, or 10,000 in 10 minutes");
      return RestAnswer.json(400, BitstampMessage.tooManyRequests()); // the status was not found
    }
    if (uri.path().equals("/api/v2/markets/")) {
      return RestAnswer.json(200, BitstampMessage.markets(floor.listed()));
    }
    Matcher asked = BOOK.matcher(uri.path());
    if (!asked.matches()) {
      return null;
    }
    Cached known = edge.get(uri.uri());
    if (known == null || System.nanoTime() - known.sinceNanos() >= FRESH) {
      known = new Cached(book(asked.group(1).toLowerCase(Locale.ROOT)), System.nanoTime());
      edge.put(uri.uri(), known);
    }
    return known.answer();
  }

  private RestAnswer book(String symbol) {
    PlayedBook book = floor.offers(symbol) ? floor.bookAskedFor(symbol) : null;
    if (book == null) {
      floor.violated("asked for the book of " + symbol + ", which is not listed");
      return RestAnswer.html(404, "<html><body><h1>404 Not Found</h1></body></html>");
    }
    return RestAnswer.json(200, BitstampMessage.book(book, floor.clock().shiftUs()));
  }
}
