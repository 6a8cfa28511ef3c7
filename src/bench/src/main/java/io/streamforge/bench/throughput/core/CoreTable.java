package io.streamforge.bench.throughput.core;

import java.util.List;
import java.util.Map;

/** Entries of the instrument at hand, as a framework keeps them: sorted by their key. */
public interface CoreTable<V> {
  /** Null for none. */
  V get(long key) throws Exception;

  void put(long key, V value) throws Exception;

  void remove(long key) throws Exception;

  void clear() throws Exception;

  /** At most so many entries, of the smallest keys, smallest first. */
  List<Map.Entry<Long, V>> first(int count) throws Exception;
}
