package io.streamforge.bench.throughput.streams;

import io.streamforge.bench.throughput.core.BinanceMessage;
import io.streamforge.bench.throughput.core.BookView;
import io.streamforge.bench.throughput.core.CoreStore;
import io.streamforge.bench.throughput.core.TradeSums;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Kafka Streams' stores, of one instrument at a time. A key is the symbol, a zero, which side, and
 * a number whose bytes sort as it does; a bid's is its price negated, so that the best comes first.
 */
final class InstrumentStores implements CoreStore {
  private static final byte BIDS = 1;
  private static final byte ASKS = 2;
  private static final byte NO_SIDE = 0;

  private final KeyValueStore<Bytes, Long> levels;
  private final KeyValueStore<Bytes, BinanceMessage> deferred;
  private final KeyValueStore<Bytes, TradeSums> trades;
  private final KeyValueStore<Bytes, BookView> views;
  private byte[] prefix;

  InstrumentStores(
      KeyValueStore<Bytes, Long> levels,
      KeyValueStore<Bytes, BinanceMessage> deferred,
      KeyValueStore<Bytes, TradeSums> trades,
      KeyValueStore<Bytes, BookView> views) {
    this.levels = levels;
    this.deferred = deferred;
    this.trades = trades;
    this.views = views;
  }

  /** Chooses the instrument. */
  void of(String symbol) {
    byte[] bytes = symbol.getBytes(StandardCharsets.UTF_8);
    prefix = Arrays.copyOf(bytes, bytes.length + 1);
  }

  private Bytes key(byte side, long number) {
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + 1 + Long.BYTES)
            .put(prefix)
            .put(side)
            .putLong(number ^ Long.MIN_VALUE)
            .array());
  }

  private static long number(Bytes key) {
    return ByteBuffer.wrap(key.get()).getLong(key.get().length - Long.BYTES) ^ Long.MIN_VALUE;
  }

  @Override
  public void put(boolean bid, long price, long quantity) {
    levels.put(level(bid, price), quantity);
  }

  @Override
  public void remove(boolean bid, long price) {
    levels.put(level(bid, price), null); // delete would read it first
  }

  private Bytes level(boolean bid, long price) {
    return bid ? key(BIDS, -price) : key(ASKS, price);
  }

  @Override
  public void clear() {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, Long> all =
        levels.range(key(BIDS, Long.MIN_VALUE), key(ASKS, Long.MAX_VALUE))) {
      all.forEachRemaining(level -> keys.add(level.key));
    }
    keys.forEach(key -> levels.put(key, null));
  }

  @Override
  public long[] best(boolean bid, int count) {
    long[] best = new long[2 * count];
    int size = 0;
    byte side = bid ? BIDS : ASKS;
    try (KeyValueIterator<Bytes, Long> all =
        levels.range(key(side, Long.MIN_VALUE), key(side, Long.MAX_VALUE))) {
      while (size < best.length && all.hasNext()) {
        KeyValue<Bytes, Long> level = all.next();
        long number = number(level.key);
        best[size++] = bid ? -number : number;
        best[size++] = level.value;
      }
    }
    return Arrays.copyOf(best, size);
  }

  @Override
  public void defer(BinanceMessage delta) {
    deferred.put(key(NO_SIDE, delta.updateId), delta);
  }

  @Override
  public Iterable<BinanceMessage> takeDeferred() {
    List<BinanceMessage> taken = new ArrayList<>();
    try (KeyValueIterator<Bytes, BinanceMessage> all =
        deferred.range(key(NO_SIDE, Long.MIN_VALUE), key(NO_SIDE, Long.MAX_VALUE))) {
      all.forEachRemaining(each -> taken.add(each.value));
    }
    taken.forEach(delta -> deferred.put(key(NO_SIDE, delta.updateId), null));
    return taken;
  }

  @Override
  public TradeSums trades(long sampleUs) {
    return trades.get(key(NO_SIDE, sampleUs));
  }

  @Override
  public void putTrades(long sampleUs, TradeSums sums) {
    trades.put(key(NO_SIDE, sampleUs), sums);
  }

  @Override
  public TradeSums takeTrades(long sampleUs) {
    return take(trades, key(NO_SIDE, sampleUs));
  }

  @Override
  public void putView(long sampleUs, BookView view) {
    views.put(key(NO_SIDE, sampleUs), view);
  }

  @Override
  public BookView takeView(long sampleUs) {
    return take(views, key(NO_SIDE, sampleUs));
  }

  private static <T> T take(KeyValueStore<Bytes, T> store, Bytes key) {
    T taken = store.get(key);
    if (taken != null) {
      store.put(key, null);
    }
    return taken;
  }
}
