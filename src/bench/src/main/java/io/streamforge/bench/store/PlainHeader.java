package io.streamforge.bench.store;

/** What {@link PlainBooks} keeps of a book beside its levels; a Flink POJO. */
public final class PlainHeader {
  /** No price on this side. */
  static final long NONE = Long.MIN_VALUE;

  public boolean live;
  public boolean snapshotIsNewest;
  public long sequence;
  public long lastMessageUs;

  /** The sample whose timer is set, 0 for none. */
  public long nextSampleUs;

  /** Keys of the best levels, {@link #NONE} where a side is empty. */
  public long bestBid = NONE;

  public long bestAsk = NONE;
}
