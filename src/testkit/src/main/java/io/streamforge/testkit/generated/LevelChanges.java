package io.streamforge.testkit.generated;

import java.util.Arrays;

/** What one message says of one side: the last quantity of each price, prices ascending. */
final class LevelChanges {
  private static final int PLACE_BITS = 24;
  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

  private long[] ticksByPlace = new long[256]; // tick, and below it the place in the order of calls
  private int[] quantities = new int[256];
  private int size;

  void clear() {
    size = 0;
  }

  /** Quantity 0 removes the level. */
  void set(int tick, int quantity) {
    if (size == quantities.length) {
      ticksByPlace = Arrays.copyOf(ticksByPlace, 2 * size);
      quantities = Arrays.copyOf(quantities, 2 * size);
    }
    ticksByPlace[size] = (long) tick << PLACE_BITS | size;
    quantities[size++] = quantity;
  }

  /** Writes {@code [["price","quantity"],…]}. */
  void writeTo(BinanceUsdmJson json) {
    Arrays.sort(ticksByPlace, 0, size);
    json.beginLevels();
    for (int i = 0; i < size; i++) {
      long tick = ticksByPlace[i] >> PLACE_BITS;
      if (i + 1 == size || ticksByPlace[i + 1] >> PLACE_BITS != tick) {
        json.level((int) tick, quantities[(int) (ticksByPlace[i] & PLACE_MASK)]);
      }
    }
    json.endLevels();
  }
}
