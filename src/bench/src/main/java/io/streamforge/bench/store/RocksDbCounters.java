package io.streamforge.bench.store;

import java.util.Collection;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;

/**
 * RocksDB's own count of what is asked of it. It costs a little time, so a timed round has none.
 */
final class RocksDbCounters implements RocksDBOptionsFactory, AutoCloseable {
  private static final long serialVersionUID = 1;

  private final transient Statistics statistics = new Statistics();

  RocksDbCounters() {
    statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
  }

  @Override
  public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> toClose) {
    return options.setStatistics(statistics);
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions options, Collection<AutoCloseable> toClose) {
    return options;
  }

  /** The counts until now. */
  RocksDbOperations operations() {
    return new RocksDbOperations(
        statistics.getTickerCount(TickerType.NUMBER_KEYS_READ),
        statistics.getTickerCount(TickerType.NUMBER_KEYS_WRITTEN),
        statistics.getTickerCount(TickerType.NUMBER_DB_SEEK),
        statistics.getTickerCount(TickerType.NUMBER_DB_NEXT));
  }

  @Override
  public void close() {
    statistics.close();
  }
}
