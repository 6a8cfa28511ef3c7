package io.streamforge.bench.store;

/**
 * What was asked of RocksDB, in operations or in operations a message.
 *
 * @param gets keys read one by one
 * @param writes puts and deletes, which RocksDB counts as one: a delete is a put of a tombstone
 * @param seeks iterators set on a key
 * @param nexts steps of iterators
 */
record RocksDbOperations(double gets, double writes, double seeks, double nexts) {

  RocksDbOperations since(RocksDbOperations before) {
    return new RocksDbOperations(
        gets - before.gets, writes - before.writes, seeks - before.seeks, nexts - before.nexts);
  }

  RocksDbOperations over(long messages) {
    return new RocksDbOperations(
        gets / messages, writes / messages, seeks / messages, nexts / messages);
  }
}
