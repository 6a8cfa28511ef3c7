package io.streamforge.graph.leadlag;

/**
 * Σ of the products of those increments of a source and a target that overlap, for every shift by
 * which the target is moved back. Exact integers that follow the window: what entered leaves
 * without a trace, in any order. Hayashi & Yoshida 2005; shifted: Hoffmann, Rosenbaum & Yoshida
 * 2013, <a href="https://arxiv.org/abs/1303.4871">arXiv:1303.4871</a>.
 *
 * <p>A pair of increments overlaps over a run of shifts, so the sums are kept as their differences
 * from one shift to the next: a pair costs the same however many shifts there are. At most 6 000
 * pairs of increments of a window overlap, 2⁵⁰ each: below 2⁶³.
 */
public final class HayashiYoshida {
  private static final int[] SHIFTS_MS = {
    -2000, -1000, -500, -300, -200, -100, 0, 100, 200, 300, 500, 1000, 2000
  };

  /** Shifts are whole numbers of this. */
  private static final int UNIT_US = 100_000;

  private static final int FARTHEST_US = 2_000_000;
  private static final int FARTHEST = FARTHEST_US / UNIT_US;

  /** By the number of units plus {@link #FARTHEST}, the index of the first shift not below it. */
  private static final byte[] INDEX = new byte[2 * FARTHEST + 2];

  static {
    int index = 0;
    for (int units = -FARTHEST; units <= FARTHEST + 1; units++) {
      while (index < SHIFTS_MS.length && SHIFTS_MS[index] * 1000 < units * UNIT_US) {
        index++;
      }
      INDEX[units + FARTHEST] = (byte) index;
    }
  }

  private final long[] differences = new long[SHIFTS_MS.length + 1];

  /** How many shifts there are; they are symmetric about the one in the middle, 0. */
  static int shifts() {
    return SHIFTS_MS.length;
  }

  /** Shift by index, milliseconds. */
  static int shiftMs(int index) {
    return SHIFTS_MS[index];
  }

  /** Makes the sums anew. */
  public static HayashiYoshida of(MidIncrements source, MidIncrements target) {
    HayashiYoshida sums = new HayashiYoshida();
    sums.add(1, source, source.first(), source.end(), target, target.first(), target.end());
    return sums;
  }

  /** Follows both from the sample before to this one. */
  void update(MidIncrements source, MidIncrements target) {
    add(1, source, source.entered(), source.end(), target, target.first(), target.end());
    add(1, source, source.first(), source.entered(), target, target.entered(), target.end());
    add(-1, source, source.left(), source.first(), target, target.left(), target.entered());
    add(-1, source, source.first(), source.entered(), target, target.left(), target.first());
  }

  /** Adds or takes away the products of a run of the source's and a run of the target's. */
  private void add(
      int sign, MidIncrements s, long sFrom, long sTo, MidIncrements t, long tFrom, long tTo) {
    if (sFrom == sTo || tFrom == tTo) {
      return;
    }
    long from = firstAfter(s, sFrom, sTo, t.start(tFrom) - FARTHEST_US);
    long near = firstAfter(t, tFrom, tTo, s.start(Math.min(from, sTo - 1)) - FARTHEST_US);
    int end = t.end(tTo - 1) + FARTHEST_US;
    for (long i = from; i < sTo && s.start(i) - end < 0; i++) {
      int sStart = s.start(i);
      int sEnd = s.end(i);
      long increment = (long) sign * s.increment(i);
      while (near < tTo && t.end(near) - sStart <= -FARTHEST_US) {
        near++;
      }
      for (long j = near; j < tTo && t.start(j) - sEnd < FARTHEST_US; j++) {
        long product = increment * t.increment(j);
        // They overlap at the shifts above t.start − s.end and below t.end − s.start.
        differences[firstAbove(t.start(j) - sEnd)] += product;
        differences[firstAbove(t.end(j) - sStart - 1)] -= product;
      }
    }
  }

  /** Number of the first of a run that ends after a time. */
  private static long firstAfter(MidIncrements of, long from, long to, int time) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (of.end(middle) - time > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Index of the first shift above a time. */
  private static int firstAbove(int us) {
    int within = Math.max(-FARTHEST_US - UNIT_US, Math.min(FARTHEST_US, us));
    return INDEX[(within + FARTHEST_US + UNIT_US) / UNIT_US]; // never negative: rounds down
  }

  /** Σ by shift. */
  long[] sums() {
    long[] sums = new long[SHIFTS_MS.length];
    long sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += differences[i];
      sums[i] = sum;
    }
    return sums;
  }
}
