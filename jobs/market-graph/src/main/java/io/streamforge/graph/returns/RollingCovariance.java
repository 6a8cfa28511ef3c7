package io.streamforge.graph.returns;

import java.util.Arrays;

/**
 * Σ of products of returns over the window, for every pair of slots: exact integers, so that what
 * entered leaves without a trace, in any order. A slot whose returns have all left is all zeros and
 * may be given to another symbol.
 */
public final class RollingCovariance {
  private long[][] rows = {};
  private int slots;

  /** Makes room for slots up to {@code count}. */
  public void grow(int count) {
    if (count > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(count, rows.length + rows.length / 2));
    }
    for (; slots < count; slots++) {
      rows[slots] = new long[slots];
    }
  }

  /** One sample: by slot, the returns that enter the window and those that leave it, 0 for none. */
  public void update(long[] entering, long[] leaving) {
    for (int slot = 1; slot < slots; slot++) {
      if ((entering[slot] | leaving[slot]) != 0) {
        update(rows[slot], entering[slot], entering, leaving[slot], leaving);
      }
    }
  }

  private static void update(
      long[] row, long enters, long[] entering, long leaves, long[] leaving) {
    for (int other = 0; other < row.length; other++) {
      row[other] += enters * entering[other] - leaves * leaving[other];
    }
  }

  /** Forgets all returns of a slot: it may be given to another symbol. */
  void clear(int slot) {
    Arrays.fill(rows[slot], 0);
    for (int other = slot + 1; other < slots; other++) {
      rows[other][slot] = 0;
    }
  }

  /** Σ of products of two different slots. */
  public long get(int a, int b) {
    return a > b ? rows[a][b] : rows[b][a];
  }

  /** By slot below this one, Σ of products with it; not to be written. */
  public long[] row(int slot) {
    return rows[slot];
  }

  /** Makes all sums anew from the windows, by slot; null is an empty one. */
  void rebuild(SampleRing[] windows) {
    for (int from = 0; from < slots; from += ProductSums.WIDTH) {
      ProductSums sums = new ProductSums(windows, from, Math.min(slots, from + ProductSums.WIDTH));
      for (int slot = from + 1; slot < slots; slot++) {
        if (windows[slot] != null) {
          sums.with(windows[slot], rows[slot]);
        }
      }
    }
  }
}
