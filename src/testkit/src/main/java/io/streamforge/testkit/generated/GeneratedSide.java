package io.streamforge.testkit.generated;

import java.util.Arrays;

/**
 * One side of a generated book: which levels there are. A level's key is its price in ticks for
 * bids and the negated price for asks, so that on both sides a better price is a larger key; the
 * best is last.
 */
final class GeneratedSide {
  private final int sign;
  private final int depth;
  private int[] keys;
  private int size;

  /** A side of {@code depth} levels. */
  GeneratedSide(boolean bids, int bestTick, int depth, Draws draws) {
    this.sign = bids ? 1 : -1;
    this.depth = depth;
    this.keys = new int[depth + 64];
    this.size = depth;
    int key = sign * bestTick;
    for (int i = depth - 1; i >= 0; i--) {
      keys[i] = key;
      key -= draws.gap();
    }
  }

  int bestTick() {
    return sign * keys[size - 1];
  }

  int size() {
    return size;
  }

  /** The price of the level at a rank, in ticks. */
  int tick(int rank) {
    return sign * keys[size - 1 - rank];
  }

  /** One change somewhere behind the best price, or of its quantity. */
  void change(Draws draws, LevelChanges out) {
    int rank = draws.rank(depth);
    double kind = draws.uniform();
    int at = size - 1 - rank;
    if (rank == 0 || kind < Draws.CHANGE_SHARE) {
      out.set(sign * keys[Math.max(0, at)], draws.quantity());
    } else if (kind < Draws.CHANGE_SHARE + Draws.ABSENT_SHARE) {
      out.set(sign * (at <= 0 ? keys[0] - draws.gap() : freeFrom(at) - 1), 0);
    } else if (size >= depth) {
      out.set(sign * keys[at], 0);
      remove(at);
    } else if (at <= 0) {
      insert(0, keys[0] - draws.gap(), draws, out);
    } else {
      int free = firstOfRun(at);
      insert(free, keys[free] - 1, draws, out);
    }
  }

  // The last level, outward, of those that stand tick by tick.
  private int firstOfRun(int at) {
    int first = at;
    while (first > 0 && keys[first - 1] == keys[first] - 1) {
      first--;
    }
    return first;
  }

  private int freeFrom(int at) {
    return keys[firstOfRun(at)];
  }

  private void insert(int at, int key, Draws draws, LevelChanges out) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    keys[at] = key;
    size++;
    out.set(sign * key, draws.quantity());
  }

  private void remove(int at) {
    size--;
    System.arraycopy(keys, at + 1, keys, at, size - at);
  }

  /** Moves the best price: levels that were in the way go, the way is filled with new ones. */
  void moveTo(int bestTick, Draws draws, LevelChanges out) {
    int best = sign * bestTick;
    while (size > 0 && keys[size - 1] > best) {
      size--;
      out.set(sign * keys[size], 0);
    }
    // Where the whole side was in the way, there is no way to fill.
    for (int key = size == 0 ? best : keys[size - 1] + 1; key < best; key++) {
      if (draws.chance(Draws.DENSITY)) {
        insert(size, key, draws, out);
      }
    }
    if (size == 0 || keys[size - 1] < best) {
      insert(size, best, draws, out);
    }
  }
}
