package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Decimals;
import java.util.Arrays;

/**
 * What messages say of the levels of one side, sorted as a {@link Ladder} is and each price once,
 * so that a ladder takes them all in one pass.
 */
final class SortedLevels {
  private final Ladder ladder;
  private final int priceScale;
  private final int quantityScale;
  private final long[] keys;
  private final long[] quantities;
  private final short[] sentScales;
  private final int size;

  /**
   * Those of a message.
   *
   * @param from its first level that is of the ladder's side
   * @param to behind its last
   * @param priceScale of the ladder, which the message's prices fit
   * @param quantityScale likewise
   */
  SortedLevels(
      Ladder ladder, BookUpdate update, int from, int to, int priceScale, int quantityScale) {
    this.ladder = ladder;
    this.priceScale = priceScale;
    this.quantityScale = quantityScale;
    keys = new long[to - from];
    int priceDigits = priceScale - update.priceScale();
    for (int i = from; i < to; i++) {
      keys[i - from] = ladder.keyOf(Decimals.shift(update.price(i), priceDigits));
    }
    Arrays.sort(keys);
    size = dropRepeated(keys);
    quantities = new long[size];
    sentScales = new short[size];
    overwrite(update, from, to);
  }

  private static int dropRepeated(long[] sorted) {
    int size = 0;
    for (long key : sorted) {
      if (size == 0 || sorted[size - 1] != key) {
        sorted[size++] = key;
      }
    }
    return size;
  }

  /** Says of the prices that are here what a message does that was applied later. */
  void overwrite(BookUpdate later, int from, int to) {
    int priceDigits = priceScale - later.priceScale();
    int quantityDigits = quantityScale - later.quantityScale();
    for (int i = from; i < to; i++) {
      long price = Decimals.shift(later.price(i), priceDigits);
      int at = price < 0 ? -1 : Arrays.binarySearch(keys, 0, size, ladder.keyOf(price));
      if (at >= 0) {
        // A quantity that the ladder's scale does not fit is not in the ladder any more.
        quantities[at] = Math.max(0, Decimals.shift(later.quantity(i), quantityDigits));
        sentScales[at] = later.sentScales(i);
      }
    }
  }

  int size() {
    return size;
  }

  /** Key of the level at {@code index}, 0 being the worst. */
  long key(int index) {
    return keys[index];
  }

  long quantity(int index) {
    return quantities[index];
  }

  short sentScales(int index) {
    return sentScales[index];
  }
}
