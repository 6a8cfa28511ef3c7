package io.streamforge.testkit.simulated;

import java.util.Arrays;

/** One side of a true market while it changes: levels best first. */
final class TrueSide {
  private final int outward;
  private int[] ticks = new int[80];
  private int[] units = new int[80];
  private int size;

  TrueSide(boolean bids) {
    this.outward = bids ? -1 : 1;
  }

  int size() {
    return size;
  }

  int tick(int rank) {
    return ticks[rank];
  }

  /** The price so many ticks further from the other side. */
  int beyond(int tick, int distance) {
    return tick + outward * distance;
  }

  void setUnits(int rank, int value) {
    units[rank] = value;
  }

  int units(int rank) {
    return units[rank];
  }

  void remove(int rank) {
    size--;
    System.arraycopy(ticks, rank + 1, ticks, rank, size - rank);
    System.arraycopy(units, rank + 1, units, rank, size - rank);
  }

  /** Adds a level; where there is one at the price its quantity changes. */
  void put(int tick, int quantity) {
    int rank = 0;
    while (rank < size && (tick - ticks[rank]) * outward > 0) {
      rank++;
    }
    if (rank < size && ticks[rank] == tick) {
      units[rank] = quantity;
      return;
    }
    if (size == ticks.length) {
      ticks = Arrays.copyOf(ticks, 2 * size);
      units = Arrays.copyOf(units, 2 * size);
    }
    System.arraycopy(ticks, rank, ticks, rank + 1, size - rank);
    System.arraycopy(units, rank, units, rank + 1, size - rank);
    ticks[rank] = tick;
    units[rank] = quantity;
    size++;
  }

  int[] ticks() {
    return Arrays.copyOf(ticks, size);
  }

  int[] units() {
    return Arrays.copyOf(units, size);
  }
}
