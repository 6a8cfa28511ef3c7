package io.streamforge.wire;

import io.streamforge.market.Instrument;
import io.streamforge.market.TradeIds;
import java.util.List;

/**
 * Bitget, WebSocket v2 ({@code channel}, {@code instId}) and v3 ({@code topic}, {@code symbol}):
 * books and trades; quantities are in the base currency.
 *
 * <p>The markets have symbols in common: the message's {@code instType} names the venue, whatever
 * the header. A message without one is of the header's venue.
 *
 * <p>The venue's rule: {@code books} begins with a snapshot. Each update has {@code seq}, which
 * grows but not by one, and since 2026 {@code pseq}, the {@code seq} before it; 0 is none. Before,
 * it carried the CRC-32 of the 25 best levels a side; 0 is none. The other channels of books send
 * their best levels whole each time. {@code side} is the taker's, the newest trade of a message
 * comes first. After a new subscription the venue repeats its last trades; the ids, which only
 * identify, tell. What cannot be detected: in messages without {@code pseq}, a lost change below
 * the 25th level, until it moves up; a lost trade. Sources, read 2026-11-29: <a
 * href="https://www.bitget.com/api-doc/spot/websocket/public/Depth-Channel">depth channel</a>, <a
 * href="https://www.bitget.com/api-doc/spot/websocket/public/Trades-Channel">trades channel</a>, <a
 * href="https://www.bitget.com/api-doc/uta/websocket/public/Order-Book-Channel">v3's order
 * book</a>; {@code pseq} as in <a
 * href="https://github.com/ccxt/ccxt/blob/master/ts/src/pro/bitget.ts">ccxt's captures</a>.
 */
final class BitgetDecoder extends CheckedBookDecoder {
  /** The venue of those that do not say which market they feed. */
  private static final String ANY = "bitget";

  private static final List<String> MARKETS =
      List.of(
          ANY, "bitget-spot", "bitget-usdt-futures", "bitget-usdc-futures", "bitget-coin-futures");

  private static final Channel BOOKS = Channel.book(400, 400);
  private static final Channel BOOKS_1 = Channel.book(1, 1);
  private static final Channel BOOKS_5 = Channel.book(5, 5);
  private static final Channel BOOKS_15 = Channel.book(15, 15);
  private static final Channel BOOKS_50 = Channel.book(50, 50);
  private static final Channel TRADES = Channel.trades(TradeIds.UNORDERED);

  @Override
  public List<String> venues(String named) {
    return named.equals(ANY) ? MARKETS : List.of(named);
  }

  @Override
  protected Channel channel(String name) {
    return switch (name) {
      case "books" -> BOOKS;
      case "books1" -> BOOKS_1;
      case "books5" -> BOOKS_5;
      case "books15" -> BOOKS_15;
      case "books50" -> BOOKS_50;
      case "trade", "publicTrade" -> TRADES;
      case "ticker", "kline", "liquidation" -> Channel.UNUSED;
      default -> name.startsWith("candle") ? Channel.UNUSED : null;
    };
  }

  @Override
  protected Instrument instrument(Arrival arrival, String market, String symbol)
      throws DecodeException {
    return market == null ? arrival.instrument(symbol) : arrival.instrument(venue(market), symbol);
  }

  private static String venue(String market) throws DecodeException {
    return switch (market) {
      case "SPOT", "spot" -> "bitget-spot";
      case "USDT-FUTURES", "usdt-futures" -> "bitget-usdt-futures";
      case "USDC-FUTURES", "usdc-futures" -> "bitget-usdc-futures";
      case "COIN-FUTURES", "coin-futures" -> "bitget-coin-futures";
      default -> throw new DecodeException("unrecognised-message");
    };
  }
}
