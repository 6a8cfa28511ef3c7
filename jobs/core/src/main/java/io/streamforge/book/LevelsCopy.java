package io.streamforge.book;

import java.math.BigDecimal;

/**
 * The levels of a book at one moment, to compare with later ones.
 *
 * @param bids prices and quantities in turn
 * @param asks likewise
 */
record LevelsCopy(long[] bids, long[] asks, int priceScale, int quantityScale) {

  /** Whether both have the same prices with the same quantities, whatever their scales. */
  boolean sameAs(LevelsCopy other) {
    return same(bids, other.bids, other) && same(asks, other.asks, other);
  }

  private boolean same(long[] ours, long[] theirs, LevelsCopy other) {
    if (ours.length != theirs.length) {
      return false;
    }
    boolean sameScales = priceScale == other.priceScale && quantityScale == other.quantityScale;
    for (int i = 0; i < ours.length; i++) {
      boolean price = i % 2 == 0;
      int scale = price ? priceScale : quantityScale;
      int otherScale = price ? other.priceScale : other.quantityScale;
      if (sameScales
          ? ours[i] != theirs[i]
          : BigDecimal.valueOf(ours[i], scale).compareTo(BigDecimal.valueOf(theirs[i], otherScale))
              != 0) {
        return false;
      }
    }
    return true;
  }
}
