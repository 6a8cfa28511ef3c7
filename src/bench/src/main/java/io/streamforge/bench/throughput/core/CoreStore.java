package io.streamforge.bench.throughput.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What is many of the instrument at hand. Prices and quantities are whole numbers of 10⁻⁸.
 *
 * @param bids levels, an entry each; the key is the price negated, so that the best is first
 * @param asks likewise, by price
 * @param deferred deltas that wait for a snapshot, by update id
 * @param trades by the sample that they wait for
 * @param views the book as of a sample that it waits for
 */
public record CoreStore(
    CoreTable<Long> bids,
    CoreTable<Long> asks,
    CoreTable<BinanceMessage> deferred,
    CoreTable<TradeSums> trades,
    CoreTable<BookView> views) {

  /** A level of quantity 0 goes. Neither reads what was there. */
  void set(boolean bid, long price, long quantity) throws Exception {
    CoreTable<Long> side = bid ? bids : asks;
    long key = bid ? -price : price;
    if (quantity == 0) {
      side.remove(key);
    } else {
      side.put(key, quantity);
    }
  }

  void clearLevels() throws Exception {
    bids.clear();
    asks.clear();
  }

  /** The best levels of a side, at most {@code count}, best first: price, quantity, price, … */
  long[] best(boolean bid, int count) throws Exception {
    long[] best = new long[2 * count];
    int size = 0;
    for (Map.Entry<Long, Long> level : (bid ? bids : asks).first(count)) {
      best[size++] = bid ? -level.getKey() : level.getKey();
      best[size++] = level.getValue();
    }
    return Arrays.copyOf(best, size);
  }

  /** The deltas that wait, oldest first, which then wait no longer. */
  List<BinanceMessage> takeDeferred() throws Exception {
    List<BinanceMessage> taken = new ArrayList<>();
    for (Map.Entry<Long, BinanceMessage> each : deferred.first(Integer.MAX_VALUE)) {
      taken.add(each.getValue());
    }
    deferred.clear();
    return taken;
  }

  /** What waits for a sample, null for nothing, which is forgotten. */
  static <V> V take(CoreTable<V> table, long sampleUs) throws Exception {
    V taken = table.get(sampleUs);
    if (taken != null) {
      table.remove(sampleUs);
    }
    return taken;
  }
}
