package io.streamforge.graph.returns;

import java.util.Arrays;

/**
 * Σ of squares of each of many windows over the samples in which another has values too: the same
 * as {@link SampleRing#squaresAlongside}, for all pairs. Most windows have a value wherever any has
 * one, and for a pair of these the sum is that of all samples.
 */
public final class CommonSquares {
  private final long[] squares;

  /** By position, and there by slot, Σ of squares before it; only where there are gaps. */
  private final long[][] cumulative;

  private final int[][] gaps;
  private final boolean[] known;
  private final double[] scales;
  private final int[] gapped;

  /** {@code windows} by slot, null for none. */
  public CommonSquares(SampleRing[] windows) {
    int size = windows.length;
    squares = new long[size];
    gaps = new int[size][];
    known = new boolean[size];
    scales = new double[size];
    Arrays.fill(scales, Double.NaN);
    SampleRing all = SampleRing.presence(windows);
    int[] found = new int[size];
    int count = 0;
    for (int slot = 0; slot < size; slot++) {
      if (windows[slot] != null) {
        known[slot] = true;
        squares[slot] = windows[slot].squares();
        gaps[slot] = windows[slot].gaps(all);
        if (gaps[slot].length > 0) {
          found[count++] = slot;
        } else {
          scales[slot] = 1 / Math.sqrt((double) squares[slot]);
        }
      }
    }
    gapped = Arrays.copyOf(found, count);
    cumulative = count == 0 ? new long[0][] : new long[all.positions() + 1][size];
    for (int slot = 0; count > 0 && slot < size; slot++) {
      if (known[slot]) {
        windows[slot].copyCumulativeSquares(cumulative, slot);
      }
    }
  }

  /** Whether there is a window. */
  public boolean isKnown(int slot) {
    return known[slot];
  }

  /**
   * By slot, 1/√ of the sum of all squares, for windows without gaps; else NaN, which fails every
   * comparison.
   */
  public double[] scales() {
    return scales;
  }

  /** Slots of the windows with gaps, rising. */
  public int[] gapped() {
    return gapped;
  }

  /** Whether a window lacks values where others have some. */
  public boolean isGapped(int slot) {
    return known[slot] && gaps[slot].length > 0;
  }

  /** Σ of all squares. */
  public long of(int slot) {
    return squares[slot];
  }

  /** Σ of the squares of {@code slot} over the samples in which {@code other} has a value too. */
  public long alongside(int slot, int other) {
    long sum = squares[slot];
    int[] holes = gaps[other];
    for (int hole = 0; hole < holes.length; hole += 2) {
      sum -= cumulative[holes[hole + 1]][slot] - cumulative[holes[hole]][slot];
    }
    return sum;
  }

  /** By slot below {@code other}, Σ of its squares over the samples in which other has a value. */
  public void alongside(int other, long[] into) {
    System.arraycopy(squares, 0, into, 0, other);
    int[] holes = gaps[other];
    for (int hole = 0; hole < holes.length; hole += 2) {
      subtract(cumulative[holes[hole + 1]], cumulative[holes[hole]], into, other);
    }
  }

  private static void subtract(long[] to, long[] from, long[] into, int count) {
    for (int slot = 0; slot < count; slot++) {
      into[slot] -= to[slot] - from[slot];
    }
  }
}
