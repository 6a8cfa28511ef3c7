package io.streamforge.wire;

import io.streamforge.market.TradeIds;

/**
 * Bitget, WebSocket v2: the channels {@code books} and {@code trade}; quantities are in the base
 * currency.
 *
 * <p>The venue's rule: a snapshot opens the stream; every message carries the CRC-32 of the 25 best
 * levels a side, taken after it was applied, and {@code seq}, which grows but not by one: it tells
 * what is older than the book, not what is missing. {@code side} is the taker's. After a new
 * subscription the venue repeats its last trades; the ids, which only identify, tell. What cannot
 * be detected: a lost change below the 25th level, until it moves up; a lost trade. Sources, read
 * 2026-11-21: <a href="https://www.bitget.com/api-doc/spot/websocket/public/Depth-Channel">depth
 * channel</a>, <a href="https://www.bitget.com/api-doc/spot/websocket/public/Trades-Channel">trades
 * channel</a>.
 */
final class BitgetDecoder extends CheckedBookDecoder {
  private static final int DEPTH = 400;

  @Override
  protected int depth(String channel) {
    return channel.equals("books") ? DEPTH : 0;
  }

  @Override
  protected boolean isTrades(String channel) {
    return channel.equals("trade");
  }

  @Override
  protected TradeIds tradeIds(String channel) {
    return TradeIds.UNORDERED;
  }
}
