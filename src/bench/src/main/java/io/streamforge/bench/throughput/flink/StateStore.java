package io.streamforge.bench.throughput.flink;

import io.streamforge.bench.throughput.core.BinanceMessage;
import io.streamforge.bench.throughput.core.BookView;
import io.streamforge.bench.throughput.core.CoreStore;
import io.streamforge.bench.throughput.core.TradeSums;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;

/**
 * Flink's keyed state. A level's key is the price negated for bids, so that the best of either side
 * is the smallest: a {@code long} is written big-endian, and RocksDB, which sorts bytes, has it
 * first. Levels are put and removed without being read.
 */
record StateStore(
    MapState<Long, Long> bids,
    MapState<Long, Long> asks,
    ListState<BinanceMessage> deferred,
    MapState<Long, TradeSums> trades,
    MapState<Long, BookView> views)
    implements CoreStore {

  @Override
  public void put(boolean bid, long price, long quantity) throws Exception {
    if (bid) {
      bids.put(-price, quantity);
    } else {
      asks.put(price, quantity);
    }
  }

  @Override
  public void remove(boolean bid, long price) throws Exception {
    if (bid) {
      bids.remove(-price);
    } else {
      asks.remove(price);
    }
  }

  @Override
  public void clear() {
    bids.clear();
    asks.clear();
  }

  @Override
  public long[] best(boolean bid, int count) throws Exception {
    long[] best = new long[2 * count];
    Iterator<Map.Entry<Long, Long>> levels = (bid ? bids : asks).iterator();
    int size = 0;
    while (size < best.length && levels.hasNext()) {
      Map.Entry<Long, Long> level = levels.next();
      best[size++] = bid ? -level.getKey() : level.getKey();
      best[size++] = level.getValue();
    }
    return Arrays.copyOf(best, size);
  }

  @Override
  public void defer(BinanceMessage delta) throws Exception {
    deferred.add(delta);
  }

  @Override
  public Iterable<BinanceMessage> takeDeferred() throws Exception {
    Iterable<BinanceMessage> taken = deferred.get();
    deferred.clear();
    return taken == null ? List.of() : taken;
  }

  @Override
  public TradeSums trades(long sampleUs) throws Exception {
    return trades.get(sampleUs);
  }

  @Override
  public void putTrades(long sampleUs, TradeSums sums) throws Exception {
    trades.put(sampleUs, sums);
  }

  @Override
  public TradeSums takeTrades(long sampleUs) throws Exception {
    TradeSums taken = trades.get(sampleUs);
    if (taken != null) {
      trades.remove(sampleUs);
    }
    return taken;
  }

  @Override
  public void putView(long sampleUs, BookView view) throws Exception {
    views.put(sampleUs, view);
  }

  @Override
  public BookView takeView(long sampleUs) throws Exception {
    BookView taken = views.get(sampleUs);
    if (taken != null) {
      views.remove(sampleUs);
    }
    return taken;
  }
}
