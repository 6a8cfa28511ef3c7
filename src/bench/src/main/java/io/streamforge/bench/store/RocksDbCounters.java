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

  /**
   * What was asked of RocksDB, in operations or in operations a message.
   *
   * @param gets keys read one by one
   * @param writes puts and deletes, which RocksDB counts as one: a delete is a put of a tombstone
   * @param seeks iterators set on a key
   * @param nexts steps of iterators
   */
  record Operations(double gets, double writes, double seeks, double nexts) {

    /** What a message took of it, since a count before. */
    Operations since(Operations before, long messages) {
      return new Operations(
          (gets - before.gets) / messages,
          (writes - before.writes) / messages,
          (seeks - before.seeks) / messages,
          (nexts - before.nexts) / messages);
    }
  }

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
  Operations operations() {
    return new Operations(
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
