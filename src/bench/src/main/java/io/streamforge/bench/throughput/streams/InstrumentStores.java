package io.streamforge.bench.throughput.streams;

import io.streamforge.bench.throughput.core.BinanceMessage;
import io.streamforge.bench.throughput.core.BookView;
import io.streamforge.bench.throughput.core.CoreStore;
import io.streamforge.bench.throughput.core.CoreTable;
import io.streamforge.bench.throughput.core.TradeSums;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Kafka Streams' stores, of one instrument at a time. A key is the symbol, a zero, which table, and
 * a number whose bytes sort as it does.
 */
final class InstrumentStores {
  private final CoreStore tables;
  private byte[] prefix;

  InstrumentStores(
      KeyValueStore<Bytes, Long> levels,
      KeyValueStore<Bytes, BinanceMessage> deferred,
      KeyValueStore<Bytes, TradeSums> trades,
      KeyValueStore<Bytes, BookView> views) {
    tables =
        new CoreStore(
            new Table<>(levels, 1),
            new Table<>(levels, 2),
            new Table<>(deferred, 0),
            new Table<>(trades, 0),
            new Table<>(views, 0));
  }

  /** Chooses the instrument. */
  CoreStore of(String symbol) {
    byte[] bytes = symbol.getBytes(StandardCharsets.UTF_8);
    prefix = Arrays.copyOf(bytes, bytes.length + 1);
    return tables;
  }

  private final class Table<V> implements CoreTable<V> {
    private final KeyValueStore<Bytes, V> store;
    private final byte number;

    Table(KeyValueStore<Bytes, V> store, int number) {
      this.store = store;
      this.number = (byte) number;
    }

    private Bytes key(long key) {
      return Bytes.wrap(
          ByteBuffer.allocate(prefix.length + 1 + Long.BYTES)
              .put(prefix)
              .put(number)
              .putLong(key ^ Long.MIN_VALUE)
              .array());
    }

    @Override
    public V get(long key) {
      return store.get(key(key));
    }

    @Override
    public void put(long key, V value) {
      store.put(key(key), value);
    }

    @Override
    public void remove(long key) {
      store.put(key(key), null); // delete would read it first
    }

    @Override
    public void clear() {
      first(Integer.MAX_VALUE).forEach(entry -> remove(entry.getKey()));
    }

    @Override
    public List<Map.Entry<Long, V>> first(int count) {
      List<Map.Entry<Long, V>> first = new ArrayList<>();
      try (KeyValueIterator<Bytes, V> all = store.range(key(Long.MIN_VALUE), key(Long.MAX_VALUE))) {
        while (first.size() < count && all.hasNext()) {
          KeyValue<Bytes, V> entry = all.next();
          long key = ByteBuffer.wrap(entry.key.get()).getLong(prefix.length + 1);
          first.add(Map.entry(key ^ Long.MIN_VALUE, entry.value));
        }
      }
      return first;
    }
  }
}
