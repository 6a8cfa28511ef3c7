package io.streamforge.graph.leadlag;

import java.util.Arrays;

/**
 * One symbol's log increments from one change of its mid to the next over window 5m, oldest first,
 * by a number that grows for ever. An increment lasts from (not including) the change before it to
 * its own. Times are microseconds in 32 bits that wrap: only differences mean something, and those
 * of two increments at hand are far below 2³¹.
 *
 * <p>What left at the last sample and what entered at it can still be told from the rest, so that
 * sums over pairs of symbols can follow.
 */
public final class MidIncrements {
  private static final int SMALLEST = 16;

  private int[] ends = new int[SMALLEST];
  private int[] held = new int[SMALLEST];
  private int[] increments = new int[SMALLEST];
  private long left;
  private long first;
  private long entered;
  private long end;
  private long newestUs;
  private long squares;

  /** Begins the sample whose window starts at {@code startUs}: what is older leaves. */
  void leave(long startUs) {
    left = first;
    entered = end;
    while (first < end && (newestUs < startUs || (int) startUs - end(first) > 0)) {
      squares -= (long) increment(first) * increment(first);
      first++;
    }
  }

  /** The next increment, which enters at this sample. */
  public void enter(long timeUs, int heldUs, int increment) {
    if (end - left == ends.length) {
      grow();
    }
    int slot = slot(end++);
    ends[slot] = (int) timeUs;
    held[slot] = heldUs;
    increments[slot] = increment;
    newestUs = timeUs;
    squares += (long) increment * increment;
  }

  private void grow() {
    int[][] before = {ends, held, increments};
    int mask = ends.length - 1;
    ends = new int[2 * ends.length];
    held = new int[ends.length];
    increments = new int[ends.length];
    for (long i = left; i < end; i++) {
      ends[slot(i)] = before[0][(int) i & mask];
      held[slot(i)] = before[1][(int) i & mask];
      increments[slot(i)] = before[2][(int) i & mask];
    }
  }

  private int slot(long number) {
    return (int) number & (ends.length - 1);
  }

  /** Number of the oldest that was there before the sample; up to {@link #first} they left. */
  long left() {
    return left;
  }

  /** Number of the oldest in the window. */
  long first() {
    return first;
  }

  /** Number of the first that entered at the sample. */
  long entered() {
    return entered;
  }

  /** One above the number of the newest. */
  long end() {
    return end;
  }

  /** Increments in the window. */
  int count() {
    return (int) (end - first);
  }

  /** Σ of squares over the window. */
  long squares() {
    return squares;
  }

  int start(long number) {
    int slot = slot(number);
    return ends[slot] - held[slot];
  }

  int end(long number) {
    return ends[slot(number)];
  }

  int increment(long number) {
    return increments[slot(number)];
  }

  /** Time of an increment of the window. */
  long endUs(long number) {
    return newestUs - (end(end - 1) - end(number));
  }

  /** Adds the increment in the form of a {@link MidPage} that begins at {@code pageUs}. */
  int[] appendTo(int[] page, int size, long number, long pageUs) {
    int[] into = size < page.length ? page : Arrays.copyOf(page, Math.max(30, 2 * size));
    into[size] = (int) (endUs(number) - pageUs);
    into[size + 1] = held[slot(number)];
    into[size + 2] = increment(number);
    return into;
  }
}
