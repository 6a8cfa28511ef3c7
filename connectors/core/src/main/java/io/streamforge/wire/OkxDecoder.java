package io.streamforge.wire;

import io.streamforge.market.TradeIds;

/**
 * OKX, WebSocket v5: books ({@code books}, {@code books-l2-tbt}, {@code books50-l2-tbt}) and
 * trades; quantities of derivatives are contracts.
 *
 * <p>The venue's rule: a snapshot opens the stream, and again whenever the venue chooses; each
 * update names the one before, {@code prevSeqId} = the last {@code seqId}, also where the numbers
 * begin anew after maintenance ({@code seqId} below {@code prevSeqId}) and where nothing changed
 * (both equal). Until June 2026 every message carried the CRC-32 of the 25 best levels a side;
 * since then it is 0, which is none. {@code side} is the taker's. The ids of {@code trades-all}
 * count by one; a message of {@code trades} may stand for several trades and carries the last one's
 * id. One of the two channels is enough: a topic that holds both holds every trade twice. What
 * cannot be detected: in messages without numbers, a lost change below the 25th level, until it
 * moves up; a lost trade of {@code trades}. Sources, read 2026-11-21: <a
 * href="https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel">order
 * book channel</a>, <a
 * href="https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-trades-channel">trades
 * channel</a>, <a
 * href="https://www.okx.com/help/okx-order-book-channels-checksum-field-deprecation">end of the
 * checksum</a>.
 */
final class OkxDecoder extends CheckedBookDecoder {

  @Override
  protected int depth(String channel) {
    return switch (channel) {
      case "books", "books-l2-tbt" -> 400;
      case "books50-l2-tbt" -> 50;
      default -> 0;
    };
  }

  @Override
  protected boolean isTrades(String channel) {
    return channel.equals("trades") || channel.equals("trades-all");
  }

  @Override
  protected TradeIds tradeIds(String channel) {
    return channel.equals("trades-all") ? TradeIds.CONSECUTIVE : TradeIds.UNORDERED;
  }
}
