package io.streamforge.wire;

import io.streamforge.market.Instrument;
import io.streamforge.market.TradeIds;

/**
 * OKX, WebSocket v5: books ({@code books}, {@code books-l2-tbt}, {@code books50-l2-tbt}) and
 * trades; quantities of derivatives are contracts.
 *
 * <p>The venue's rule: a snapshot opens the stream, and again whenever the venue chooses; each
 * update names the one before, {@code prevSeqId} = the last {@code seqId}, also where the numbers
 * begin anew after maintenance ({@code seqId} below {@code prevSeqId}) and where nothing changed
 * (both equal). Each channel counts for itself, so that it is a feed of its own. Until June 2026
 * every message carried the CRC-32 of the 25 best levels a side; since then it is 0, which is none.
 * {@code side} is the taker's. The ids of {@code trades-all} count by one; a message of {@code
 * trades} may stand for several trades and carries the last one's id. One of the two channels is
 * enough: a topic that holds both holds every trade twice. Not used: {@code books5} and {@code
 * bbo-tbt}, which repeat the best levels of the books, and {@code books-rpi}, whose orders only
 * retail takers meet. What cannot be detected: in messages without numbers, a lost change below the
 * 25th level, until it moves up; a lost trade of {@code trades}. Sources, read 2026-11-29: <a
 * href="https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel">order
 * book channel</a>, <a
 * href="https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-trades-channel">trades
 * channel</a>, <a
 * href="https://www.okx.com/help/okx-order-book-channels-checksum-field-deprecation">end of the
 * checksum</a>.
 */
final class OkxDecoder extends CheckedBookDecoder {
  private static final Channel BOOKS = Channel.book(400, 400);
  private static final Channel BOOKS_TICK_BY_TICK = Channel.book(400, 401); // the same, sooner
  private static final Channel BOOKS_50_TICK_BY_TICK = Channel.book(50, 50);
  private static final Channel TRADES = Channel.trades(TradeIds.UNORDERED);
  private static final Channel ALL_TRADES = Channel.trades(TradeIds.CONSECUTIVE);

  @Override
  protected Channel channel(String name) {
    return switch (name) {
      case "books" -> BOOKS;
      case "books-l2-tbt" -> BOOKS_TICK_BY_TICK;
      case "books50-l2-tbt" -> BOOKS_50_TICK_BY_TICK;
      case "trades" -> TRADES;
      case "trades-all" -> ALL_TRADES;
      case "books5",
          "bbo-tbt",
          "books-rpi",
          "books-elp",
          "tickers",
          "index-tickers",
          "mark-price",
          "price-limit",
          "funding-rate",
          "open-interest",
          "liquidation-orders",
          "public-block-trades",
          "instruments",
          "status" ->
          Channel.UNUSED;
      default -> name.startsWith("candle") ? Channel.UNUSED : null;
    };
  }

  @Override
  protected Instrument instrument(Arrival arrival, String market, String symbol)
      throws DecodeException {
    return arrival.instrument(symbol);
  }
}
