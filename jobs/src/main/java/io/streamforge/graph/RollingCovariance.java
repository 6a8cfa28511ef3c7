package io.streamforge.graph;

import java.util.Arrays;

/**
 * Σ of products of returns over the window, for every pair of slots: exact integers, so that what
 * entered leaves without a trace, in any order. A slot whose returns have all left is all zeros and
 * may be given to another symbol.
 */
final class RollingCovariance {
  private static final int TILE = 32;

  private long[][] rows = {};
  private int slots;

  /** Makes room for slots up to {@code count}. */
  void grow(int count) {
    if (count > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(count, rows.length + rows.length / 2));
    }
    for (; slots < count; slots++) {
      rows[slots] = new long[slots];
    }
  }

  /** One tick: by slot, the returns that enter the window and those that leave it, 0 for none. */
  void update(int[] entering, int[] leaving) {
    for (int slot = 1; slot < slots; slot++) {
      if ((entering[slot] | leaving[slot]) != 0) {
        update(rows[slot], entering[slot], entering, leaving[slot], leaving);
      }
    }
  }

  private static void update(long[] row, long enters, int[] entering, long leaves, int[] leaving) {
    for (int other = 0; other < row.length; other++) {
      row[other] += enters * entering[other] - leaves * leaving[other];
    }
  }

  /** Σ of products of two different slots. */
  long get(int a, int b) {
    return a > b ? rows[a][b] : rows[b][a];
  }

  /** Makes all sums anew from the windows, by slot; null is an empty one. */
  void rebuild(TickRing[] windows) {
    for (int fromSlot = 0; fromSlot < slots; fromSlot += TILE) {
      for (int fromOther = 0; fromOther <= fromSlot; fromOther += TILE) {
        rebuildTile(windows, fromSlot, fromOther);
      }
    }
  }

  private void rebuildTile(TickRing[] windows, int fromSlot, int fromOther) {
    for (int slot = fromSlot; slot < Math.min(slots, fromSlot + TILE); slot++) {
      for (int other = fromOther; other < Math.min(slot, fromOther + TILE); other++) {
        boolean known = windows[slot] != null && windows[other] != null;
        rows[slot][other] = known ? TickRing.products(windows[slot], windows[other]) : 0;
      }
    }
  }
}
