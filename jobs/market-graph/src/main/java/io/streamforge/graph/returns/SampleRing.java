package io.streamforge.graph.returns;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The integers of the last {@code span} samples, by absolute sample number, with bit masks of those
 * that exist and those that are not zero. What is missing, or has left the window, is zero and has
 * no bit, so that sums of products and counts need no bounds. Rings of one span share positions.
 */
public final class SampleRing {
  private static final int[] NO_GAPS = {};

  private final int span;
  private final int[] values;
  private final long[] present;
  private final long[] nonZero;
  private int count;
  private long squares;

  public SampleRing(int span) {
    this.span = span;
    int words = (span + Long.SIZE - 1) / Long.SIZE;
    this.values = new int[words * Long.SIZE];
    this.present = new long[words];
    this.nonZero = new long[words];
  }

  /** Makes room for {@code sample}; returns what leaves the window with it, 0 if nothing did. */
  int drop(long sample) {
    int slot = slot(sample - span);
    int word = slot / Long.SIZE;
    long bit = 1L << slot;
    if ((present[word] & bit) == 0) {
      return 0;
    }
    int value = values[slot];
    values[slot] = 0;
    present[word] &= ~bit;
    nonZero[word] &= ~bit;
    count--;
    squares -= (long) value * value;
    return value;
  }

  /** The value of {@code sample}, once, after {@link #drop} of the same sample. */
  void put(long sample, int value) {
    int slot = slot(sample);
    int word = slot / Long.SIZE;
    long bit = 1L << slot;
    values[slot] = value;
    present[word] |= bit;
    if (value != 0) {
      nonZero[word] |= bit;
    }
    count++;
    squares += (long) value * value;
  }

  /** Whether {@code other} has a value wherever this has one. */
  boolean isWithin(SampleRing other) {
    long alone = 0;
    for (int word = 0; word < present.length; word++) {
      alone |= present[word] & ~other.present[word];
    }
    return alone == 0;
  }

  /** Σ of squares over the window. */
  public long squares() {
    return squares;
  }

  /** Σ of squares over the samples in which {@code other} has a value too. */
  public long squaresAlongside(SampleRing other) {
    long sum = squares;
    for (int word = 0; word < present.length; word++) {
      for (long alone = nonZero[word] & ~other.present[word]; alone != 0; alone &= alone - 1) {
        long value = values[word * Long.SIZE + Long.numberOfTrailingZeros(alone)];
        sum -= value * value;
      }
    }
    return sum;
  }

  /**
   * Puts Σ of squares of all positions before one into {@code into}, by position, and there into
   * place {@code place}; the last is the sum of all.
   */
  void copyCumulativeSquares(long[][] into, int place) {
    long sum = 0;
    for (int position = 0; position < values.length; position++) {
      sum += (long) values[position] * values[position];
      into[position + 1][place] = sum;
    }
  }

  /** Has a value, 0, wherever one of {@code windows} has one; null is an empty one. */
  static SampleRing presence(SampleRing[] windows) {
    SampleRing all = null;
    for (SampleRing window : windows) {
      if (window != null) {
        all = all == null ? new SampleRing(window.span) : all;
        for (int word = 0; word < window.present.length; word++) {
          all.present[word] |= window.present[word];
        }
      }
    }
    return all;
  }

  /**
   * Runs of positions where {@code other} has a value and this has none, each as its first and the
   * one after its last.
   */
  int[] gaps(SampleRing other) {
    if (Arrays.equals(present, other.present)) {
      return NO_GAPS;
    }
    BitSet bits = BitSet.valueOf(other.present);
    bits.andNot(BitSet.valueOf(present));
    IntStream.Builder bounds = IntStream.builder();
    for (int from = bits.nextSetBit(0); from >= 0; ) {
      int end = bits.nextClearBit(from);
      bounds.add(from).add(end);
      from = bits.nextSetBit(end);
    }
    return bounds.build().toArray();
  }

  /** Samples that have a value. */
  public int observations() {
    return count;
  }

  /** Samples that have a value that is not zero. */
  public int moves() {
    return common(nonZero, nonZero);
  }

  /** Puts the values by position into {@code into}, and there into place {@code place}. */
  void copyTo(double[][] into, int place) {
    for (int position = 0; position < values.length; position++) {
      into[position][place] = values[position];
    }
  }

  /** The value in a position. */
  public int at(int position) {
    return values[position];
  }

  /** Positions, the same for all rings of one span. */
  public int positions() {
    return values.length;
  }

  /** Samples in which both have a value. */
  public static int observations(SampleRing a, SampleRing b) {
    return common(a.present, b.present);
  }

  /** Samples in which both have a value that is not zero. */
  public static int moves(SampleRing a, SampleRing b) {
    return common(a.nonZero, b.nonZero);
  }

  private static int common(long[] a, long[] b) {
    int bits = 0;
    for (int word = 0; word < a.length; word++) {
      bits += Long.bitCount(a[word] & b[word]);
    }
    return bits;
  }

  /** Σ of products over the window. */
  public static long products(SampleRing a, SampleRing b) {
    int[] left = a.values;
    int[] right = b.values;
    long sum = 0;
    for (int slot = 0; slot < left.length; slot++) {
      sum += (long) left[slot] * right[slot];
    }
    return sum;
  }

  /**
   * Puts the products, oldest to newest, of the window that ends at {@code sample} into {@code
   * into} from a place on.
   */
  static void copyProducts(SampleRing a, SampleRing b, long sample, double[] into, int place) {
    int oldest = a.slot(sample - a.span + 1);
    int newer = Math.min(a.span, a.values.length - oldest);
    copyProducts(a.values, b.values, oldest, newer, into, place);
    copyProducts(a.values, b.values, 0, a.span - newer, into, place + newer);
  }

  private static void copyProducts(
      int[] a, int[] b, int from, int count, double[] into, int place) {
    for (int i = 0; i < count; i++) {
      into[place + i] = (double) a[from + i] * b[from + i];
    }
  }

  /**
   * Σ of weighted products, oldest to newest, for the window that ends at {@code sample}; {@code
   * weights} from the oldest sample on.
   */
  static double weightedProducts(SampleRing a, SampleRing b, long sample, double[] weights) {
    int oldest = a.slot(sample - a.span + 1);
    int newer = Math.min(weights.length, a.values.length - oldest);
    double sum = a.weightedProducts(b, weights, 0, newer, oldest, 0.0);
    return a.weightedProducts(b, weights, newer, weights.length, -newer, sum);
  }

  private double weightedProducts(
      SampleRing other, double[] weights, int from, int to, int shift, double before) {
    double sum = before;
    for (int i = from; i < to; i++) {
      sum += weights[i] * ((double) values[i + shift] * other.values[i + shift]);
    }
    return sum;
  }

  /** Σ of weighted squares over the samples in which {@code other} has a value too, likewise. */
  double weightedSquaresAlongside(SampleRing other, long sample, double[] weights) {
    int oldest = slot(sample - span + 1);
    int newer = Math.min(weights.length, values.length - oldest);
    double sum = weightedSquares(other, weights, 0, newer, oldest, 0.0);
    return weightedSquares(other, weights, newer, weights.length, -newer, sum);
  }

  private double weightedSquares(
      SampleRing other, double[] weights, int from, int to, int shift, double before) {
    double sum = before;
    for (int i = from; i < to; i++) {
      int slot = i + shift;
      if ((other.present[slot / Long.SIZE] >>> slot & 1) != 0) {
        sum += weights[i] * ((double) values[slot] * values[slot]);
      }
    }
    return sum;
  }

  /** Whether there is a value at a position; outside the window there is none. */
  public boolean has(int slot) {
    return (present[slot / Long.SIZE] & 1L << slot) != 0;
  }

  /** Position of a sample. */
  public int slot(long sample) {
    return Math.floorMod(sample, values.length);
  }
}
