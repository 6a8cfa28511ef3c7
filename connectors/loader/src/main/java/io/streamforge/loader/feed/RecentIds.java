package io.streamforge.loader.feed;

import java.util.Arrays;

/** The last ids of a symbol's trades, to tell a second connection's copy. */
final class RecentIds {
  private static final int KEPT = 2_048;
  private static final int SLOTS = 4 * KEPT;

  private final long[] ring = new long[KEPT];
  private final long[] slots = new long[SLOTS];
  private int next;
  private int count;

  RecentIds() {
    Arrays.fill(slots, Long.MIN_VALUE);
  }

  /** Adds an id; false if it is there already. */
  boolean add(long id) {
    int slot = slot(id);
    while (slots[slot] != Long.MIN_VALUE) {
      if (slots[slot] == id) {
        return false;
      }
      slot = (slot + 1) % SLOTS;
    }
    slots[slot] = id;
    if (count == KEPT) {
      remove(ring[next]);
    } else {
      count++;
    }
    ring[next] = id;
    next = (next + 1) % KEPT;
    return true;
  }

  private static int slot(long id) {
    return (int) Math.floorMod((id * 0x9E3779B97F4A7C15L) >> 20, (long) SLOTS);
  }

  /** Open addressing: what was pushed past the removed slot moves back. */
  private void remove(long id) {
    int hole = slot(id);
    while (slots[hole] != id) {
      hole = (hole + 1) % SLOTS;
    }
    for (int at = (hole + 1) % SLOTS; slots[at] != Long.MIN_VALUE; at = (at + 1) % SLOTS) {
      int home = slot(slots[at]);
      boolean reachable = hole <= at ? (home <= hole || home > at) : (home <= hole && home > at);
      if (reachable) {
        slots[hole] = slots[at];
        hole = at;
      }
    }
    slots[hole] = Long.MIN_VALUE;
  }
}
