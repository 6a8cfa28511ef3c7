package io.streamforge.market;

import java.util.Arrays;

/** The levels of one side of a message as they were sent, each in its own scale. */
final class SentLevels {
  private static final int FEW = 64;

  /** Nearly no message has more levels a side: the memory of one that has is not kept. */
  static final int MOST_KEPT = 1 << 13;

  private long[] prices = new long[FEW];
  private long[] quantities = new long[FEW];
  private byte[] priceScales = new byte[FEW];
  private byte[] quantityScales = new byte[FEW];
  private short[] sentScales = new short[FEW];
  private int size;
  private int maxPriceScale;
  private int maxQuantityScale;

  /** Whether all levels have the first one's scales, and were sent in them, as most are. */
  private boolean alike;

  private short firstScales;

  /** Two scales as {@link BookUpdate#sentScales} has them. */
  static short scales(int priceScale, int quantityScale) {
    return (short) (priceScale << 8 | quantityScale);
  }

  void clear() {
    size = 0;
    maxPriceScale = 0;
    maxQuantityScale = 0;
    alike = true;
  }

  void release() {
    if (prices.length > MOST_KEPT) {
      prices = new long[FEW];
      quantities = new long[FEW];
      priceScales = new byte[FEW];
      quantityScales = new byte[FEW];
      sentScales = new short[FEW];
    }
    clear();
  }

  /** For how many levels there is room. */
  int capacity() {
    return prices.length;
  }

  void add(long price, int priceScale, long quantity, int quantityScale, short sent) {
    if (size == prices.length) {
      prices = Arrays.copyOf(prices, 2 * size);
      quantities = Arrays.copyOf(quantities, 2 * size);
      priceScales = Arrays.copyOf(priceScales, 2 * size);
      quantityScales = Arrays.copyOf(quantityScales, 2 * size);
      sentScales = Arrays.copyOf(sentScales, 2 * size);
    }
    short scales = scales(priceScale, quantityScale);
    firstScales = size == 0 ? scales : firstScales;
    alike &= scales == firstScales && sent == scales;
    prices[size] = price;
    priceScales[size] = (byte) priceScale;
    quantities[size] = quantity;
    quantityScales[size] = (byte) quantityScale;
    sentScales[size++] = sent;
    maxPriceScale = Math.max(maxPriceScale, priceScale);
    maxQuantityScale = Math.max(maxQuantityScale, quantityScale);
  }

  int size() {
    return size;
  }

  int maxPriceScale() {
    return maxPriceScale;
  }

  int maxQuantityScale() {
    return maxQuantityScale;
  }

  boolean wereSentIn(short scales) {
    if (alike) {
      return size == 0 || scales == firstScales;
    }
    for (int i = 0; i < size; i++) {
      if (sentScales[i] != scales) {
        return false;
      }
    }
    return true;
  }

  /** The coarsest scale that all prices can be written in. */
  int neededPriceScale() {
    return neededScale(prices, priceScales);
  }

  /** The coarsest scale that all quantities can be written in. */
  int neededQuantityScale() {
    return neededScale(quantities, quantityScales);
  }

  private int neededScale(long[] values, byte[] scales) {
    int needed = 0;
    for (int i = 0; i < size; i++) {
      needed = Math.max(needed, scales[i] - Decimals.trailingZeros(values[i], scales[i]));
    }
    return needed;
  }

  /** Leaves out the levels that do not fit these scales; true if there are none. */
  boolean leaveOutBeyond(int priceScale, int quantityScale) {
    int before = size;
    size = 0;
    for (int i = 0; i < before; i++) {
      if (Decimals.shift(prices[i], priceScale - priceScales[i]) >= 0
          && Decimals.shift(quantities[i], quantityScale - quantityScales[i]) >= 0) {
        prices[size] = prices[i];
        priceScales[size] = priceScales[i];
        quantities[size] = quantities[i];
        quantityScales[size] = quantityScales[i];
        sentScales[size++] = sentScales[i];
      }
    }
    return size == before;
  }

  /** Writes all levels from an offset on, in these scales; false if one does not fit them. */
  boolean copyTo(BookUpdate.Columns columns, int offset, int priceScale, int quantityScale) {
    if (alike && columns.sentScales() == null) {
      System.arraycopy(prices, 0, columns.prices(), offset, size);
      System.arraycopy(quantities, 0, columns.quantities(), offset, size);
      return true;
    }
    boolean fit = true;
    for (int i = 0; i < size; i++) {
      long price = Decimals.shift(prices[i], priceScale - priceScales[i]);
      long quantity = Decimals.shift(quantities[i], quantityScale - quantityScales[i]);
      columns.prices()[offset + i] = price;
      columns.quantities()[offset + i] = quantity;
      if (columns.sentScales() != null) {
        columns.sentScales()[offset + i] = sentScales[i];
      }
      fit &= price >= 0 && quantity >= 0;
    }
    return fit;
  }
}
