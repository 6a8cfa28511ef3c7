package io.streamforge.market;

/**
 * The best levels of a book. Prices are {@code · 10^−priceScale} in quote units, quantities {@code
 * · 10^−quantityScale} in base units; of a side without a level both are {@link #NONE}.
 */
public record Touch(
    long bid, long bidQuantity, long ask, long askQuantity, int priceScale, int quantityScale) {
  /** There is no level. */
  public static final long NONE = -1;

  /** Whether both are the same prices and quantities, in whatever scale. */
  public boolean isSameAs(Touch other) {
    int priceDigits = other.priceScale - priceScale;
    int quantityDigits = other.quantityScale - quantityScale;
    return isEqual(bid, other.bid, priceDigits)
        && isEqual(ask, other.ask, priceDigits)
        && isEqual(bidQuantity, other.bidQuantity, quantityDigits)
        && isEqual(askQuantity, other.askQuantity, quantityDigits);
  }

  /** Whether two numbers are the same, the second of which has so many more digits. */
  private static boolean isEqual(long one, long other, int digits) {
    if (digits == 0 || one == NONE || other == NONE) {
      return one == other;
    }
    return digits > 0
        ? Decimals.shift(one, digits) == other
        : Decimals.shift(other, -digits) == one;
  }
}
