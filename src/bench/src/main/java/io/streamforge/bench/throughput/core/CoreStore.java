package io.streamforge.bench.throughput.core;

/**
 * Where a framework keeps what is many of the instrument at hand: its levels, an entry each; the
 * deltas that wait for a snapshot; and what waits for its sample. Prices and quantities are whole
 * numbers of 10⁻⁸.
 */
public interface CoreStore {
  void put(boolean bid, long price, long quantity) throws Exception;

  void remove(boolean bid, long price) throws Exception;

  /** Removes all levels. */
  void clear() throws Exception;

  /** The best levels of a side, at most {@code count}, best first: price, quantity, price, … */
  long[] best(boolean bid, int count) throws Exception;

  /** Keeps a delta behind those that wait. */
  void defer(BinanceMessage delta) throws Exception;

  /** The deltas that wait, oldest first, which then wait no longer. */
  Iterable<BinanceMessage> takeDeferred() throws Exception;

  /** The trades of a sample, null for none so far. */
  TradeSums trades(long sampleUs) throws Exception;

  void putTrades(long sampleUs, TradeSums sums) throws Exception;

  /** The trades of a sample, null for none, which are forgotten. */
  TradeSums takeTrades(long sampleUs) throws Exception;

  void putView(long sampleUs, BookView view) throws Exception;

  /** The book as of a sample, null for none, which is forgotten. */
  BookView takeView(long sampleUs) throws Exception;
}
