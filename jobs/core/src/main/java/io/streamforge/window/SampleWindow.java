package io.streamforge.window;

import io.streamforge.market.Decimals;
import io.streamforge.market.ExactSum;
import io.streamforge.section.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last values of a series on a grid, by grid index. A value that does not exist is NaN; indexes
 * that were passed over do not exist.
 */
public final class SampleWindow implements GridSeries {
  private static final int MAX_SCALE = 12;
  private static final long EXACT_INTEGERS = 1L << 53;

  // What is written of a value: that there is none, that its bits follow, or its difference.
  private static final long NONE = 0;
  private static final long BINARY = 1;
  private static final long DECIMAL = 2;

  private final double[] values;
  private long newest = Long.MIN_VALUE;
  private int newestSlot;
  private long first = Long.MAX_VALUE;

  /**
   * @param capacity how many grid points are kept
   */
  public SampleWindow(int capacity) {
    values = new double[capacity];
    Arrays.fill(values, Double.NaN);
  }

  /** Sets the value at an index, which does not run backwards from call to call. */
  public void put(long index, double value) {
    if (newest == Long.MIN_VALUE) {
      first = index;
    } else {
      for (long i = Math.max(newest + 1, index - values.length + 1); i < index; i++) {
        values[slot(i)] = Double.NaN;
      }
    }
    newest = index;
    newestSlot = slot(index);
    values[newestSlot] = value;
  }

  /** Adds to the value at an index, which does not run backwards; what does not exist is 0. */
  public void add(long index, double value) {
    boolean exists = newest == index && !Double.isNaN(get(0));
    put(index, exists ? get(0) + value : value);
  }

  /** The value {@code age} grid points before the newest. */
  public double get(int age) {
    int slot = newestSlot - age;
    return values[slot < 0 ? slot + values.length : slot];
  }

  @Override
  public long newest() {
    return newest;
  }

  private int slot(long index) {
    return (int) Math.floorMod(index, (long) values.length);
  }

  /** How many of the last {@code length} values exist. */
  public int count(int length) {
    int oldest = oldestSlot(length);
    return oldest <= newestSlot
        ? count(oldest, newestSlot + 1)
        : count(oldest, values.length) + count(0, newestSlot + 1);
  }

  private int count(int from, int to) {
    int count = 0;
    for (int slot = from; slot < to; slot++) {
      count += Double.isNaN(values[slot]) ? 0 : 1;
    }
    return count;
  }

  // Runs over slots that follow one another have no wrap to look for at each.
  private int oldestSlot(int length) {
    int slot = newestSlot - length + 1;
    return slot < 0 ? slot + values.length : slot;
  }

  /** Sum of those of the last {@code length} values that exist, oldest first. */
  public double sum(int length) {
    int oldest = oldestSlot(length);
    return oldest <= newestSlot
        ? sum(oldest, newestSlot + 1, 0.0)
        : sum(0, newestSlot + 1, sum(oldest, values.length, 0.0));
  }

  private double sum(int from, int to, double before) {
    double sum = before;
    for (int slot = from; slot < to; slot++) {
      sum += Double.isNaN(values[slot]) ? 0 : values[slot];
    }
    return sum;
  }

  /** Sum of the squares of those of the last {@code length} values that exist, oldest first. */
  public double sumOfSquares(int length) {
    int oldest = oldestSlot(length);
    return oldest <= newestSlot
        ? sumOfSquares(oldest, newestSlot + 1, 0.0)
        : sumOfSquares(0, newestSlot + 1, sumOfSquares(oldest, values.length, 0.0));
  }

  private double sumOfSquares(int from, int to, double before) {
    double sum = before;
    for (int slot = from; slot < to; slot++) {
      double value = values[slot];
      sum += Double.isNaN(value) ? 0 : value * value;
    }
    return sum;
  }

  /** How many of the last {@code length} values are 0. */
  public int countZeros(int length) {
    int oldest = oldestSlot(length);
    return oldest <= newestSlot
        ? countZeros(oldest, newestSlot + 1)
        : countZeros(oldest, values.length) + countZeros(0, newestSlot + 1);
  }

  private int countZeros(int from, int to) {
    int count = 0;
    for (int slot = from; slot < to; slot++) {
      count += values[slot] == 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  public int capacity() {
    return values.length;
  }

  @Override
  public long first() {
    return first;
  }

  /** The value at an index not beyond the newest, NaN where it is not known any more. */
  public double at(long index) {
    long age = newest - index;
    return age < values.length ? get((int) age) : Double.NaN;
  }

  /**
   * Without loss, in few bytes where the values are decimals of a common scale (prices,
   * quantities), as differences from one to the next.
   */
  @Override
  public void write(long from, long to, DataOutput out) throws IOException {
    int scale = commonScale(from, to);
    out.writeByte(scale);
    long before = 0;
    for (long index = from; index < to; index++) {
      double value = at(index);
      long scaled = scaled(value, scale);
      if (Double.isNaN(value)) {
        Varint.write(NONE, out);
      } else if (isExact(value, scaled, scale)) {
        Varint.write(DECIMAL + Varint.zigZag(scaled - before), out);
        before = scaled;
      } else {
        Varint.write(BINARY, out);
        out.writeDouble(value);
      }
    }
  }

  /** The coarsest scale of which all values are that are decimals at all. */
  private int commonScale(long from, long to) {
    int common = 0;
    for (long index = from; index < to; index++) {
      double value = at(index);
      int finer = common;
      while (finer < MAX_SCALE && !isExact(value, scaled(value, finer), finer)) {
        boolean never = finer == common && isInexactAtTheFinest(value);
        finer = never ? MAX_SCALE : finer + 1;
      }
      if (isExact(value, scaled(value, finer), finer)) {
        common = finer;
      }
    }
    return common;
  }

  /** What is no decimal of the finest scale, and has room there, is none of a coarser one. */
  private static boolean isInexactAtTheFinest(double value) {
    long scaled = scaled(value, MAX_SCALE);
    return Math.abs(scaled) <= EXACT_INTEGERS && !isExact(value, scaled, MAX_SCALE);
  }

  private static long scaled(double value, int scale) {
    return (long) Math.rint(value * Decimals.powerOfTen(scale));
  }

  /** Whether a scaled integer is read as the value, to the bit. */
  private static boolean isExact(double value, long scaled, int scale) {
    return Math.abs(scaled) <= EXACT_INTEGERS
        && Double.doubleToRawLongBits(ExactSum.toDouble(scaled, scale))
            == Double.doubleToRawLongBits(value);
  }

  @Override
  public void read(long from, long to, DataInput in) throws IOException {
    int scale = in.readByte();
    long before = 0;
    for (long index = from; index < to; index++) {
      long token = Varint.read(in);
      if (token >= DECIMAL) {
        before += Varint.unZigZag(token - DECIMAL);
      }
      put(
          index,
          token == NONE
              ? Double.NaN
              : token == BINARY ? in.readDouble() : ExactSum.toDouble(before, scale));
    }
  }
}
