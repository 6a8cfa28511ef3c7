package io.streamforge.book;

/** One way to compute a {@link io.streamforge.market.Checksum} of a book. */
interface BookChecksum {
  /** How many of the best levels of each side it covers. */
  int levels();

  /**
   * The checksum of the best levels, from numbers as they were sent.
   *
   * @param priceScale decimals of the ladders' prices
   * @param quantityScale decimals of the ladders' quantities
   */
  int of(Ladder bids, Ladder asks, int priceScale, int quantityScale);
}
