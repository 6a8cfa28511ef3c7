package io.streamforge.loader.feed;

import io.streamforge.loader.out.Flow;
import io.streamforge.loader.out.RawSink;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import java.util.List;

/**
 * A symbol's trades on their way to Kafka. While several connections bring them, a message of which
 * every trade was seen is dropped. For the feed's thread.
 */
final class TradeStream {
  private static final long NONE = Long.MIN_VALUE;

  private final RawSink sink;
  private final Flow flow;
  private final RecentIds ids = new RecentIds();
  private long firstId = NONE;
  private long newestId = NONE;
  private long newestTimeUs = NONE;
  private int seen;
  private long missing;

  TradeStream(RawSink sink, Flow flow) {
    this.sink = sink;
    this.flow = flow;
  }

  /**
   * Writes a message, unless it is a copy.
   *
   * @param several whether several connections bring these trades
   */
  void message(List<MarketEvent> trades, byte[] text, long timeUs, boolean several) {
    seen = 0;
    missing = 0;
    boolean news = false;
    for (MarketEvent event : trades) {
      news |= event instanceof Trade trade && note(trade);
    }
    newestTimeUs = timeUs;
    if (news || !several) {
      sink.message(flow, null, text, timeUs);
    }
  }

  private boolean note(Trade trade) {
    if (!ids.add(trade.id())) {
      return false;
    }
    if (trade.ids().areConsecutive()) {
      count(trade.id());
    }
    return true;
  }

  private void count(long id) {
    if (newestId == NONE) {
      firstId = id;
    } else if (id < firstId) {
      return; // history, which some venues send on subscription
    } else if (id < newestId) {
      missing--; // it was counted when a later one came first
    } else {
      missing += id - newestId - 1;
    }
    seen++;
    newestId = Math.max(newestId, id);
  }

  /** How many trades of the last message count by one and were new. */
  int seen() {
    return seen;
  }

  /** How many more are missing after the last message; negative if it brought some after all. */
  long missing() {
    return missing;
  }

  /** When the last message came, microseconds since the epoch. */
  long newestTimeUs() {
    return newestTimeUs;
  }
}
