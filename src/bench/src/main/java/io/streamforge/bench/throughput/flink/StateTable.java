package io.streamforge.bench.throughput.flink;

import io.streamforge.bench.throughput.core.CoreTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/**
 * Flink's keyed state. A {@code long} is written big-endian, and RocksDB sorts bytes: keys of one
 * sign come smallest first.
 */
record StateTable<V>(MapState<Long, V> state) implements CoreTable<V> {

  @Override
  public V get(long key) throws Exception {
    return state.get(key);
  }

  @Override
  public void put(long key, V value) throws Exception {
    state.put(key, value);
  }

  @Override
  public void remove(long key) throws Exception {
    state.remove(key);
  }

  @Override
  public void clear() {
    state.clear();
  }

  @Override
  public List<Map.Entry<Long, V>> first(int count) throws Exception {
    List<Map.Entry<Long, V>> first = new ArrayList<>();
    Iterator<Map.Entry<Long, V>> all = state.iterator();
    while (first.size() < count && all.hasNext()) {
      first.add(all.next());
    }
    return first;
  }
}
