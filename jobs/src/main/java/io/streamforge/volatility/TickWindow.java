package io.streamforge.volatility;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last values of a series on a grid, by grid index. A value that does not exist is NaN; indexes
 * that were passed over do not exist.
 */
public final class TickWindow {
  private final double[] values;
  private long newest = Long.MIN_VALUE;

  /**
   * @param capacity how many grid points are kept
   */
  public TickWindow(int capacity) {
    values = new double[capacity];
    Arrays.fill(values, Double.NaN);
  }

  /** Adds the value at an index, which grows from call to call. */
  public void put(long index, double value) {
    if (newest != Long.MIN_VALUE) {
      long first = Math.max(newest + 1, index - values.length + 1);
      for (long i = first; i < index; i++) {
        values[slot(i)] = Double.NaN;
      }
    }
    values[slot(index)] = value;
    newest = index;
  }

  /** The value {@code age} grid points before the newest. */
  public double get(int age) {
    return values[slot(newest - age)];
  }

  /** Index of the newest value; {@link Long#MIN_VALUE} before the first. */
  public long newest() {
    return newest;
  }

  private int slot(long index) {
    return (int) Math.floorMod(index, (long) values.length);
  }

  /** How many of the last {@code length} values exist. */
  public int count(int length) {
    int count = 0;
    for (int age = 0; age < length; age++) {
      count += Double.isNaN(get(age)) ? 0 : 1;
    }
    return count;
  }

  /** Sum of those of the last {@code length} values that exist, oldest first. */
  public double sum(int length) {
    double sum = 0;
    for (int age = length - 1; age >= 0; age--) {
      double value = get(age);
      sum += Double.isNaN(value) ? 0 : value;
    }
    return sum;
  }

  /** Sum of the squares of those of the last {@code length} values that exist, oldest first. */
  public double sumOfSquares(int length) {
    double sum = 0;
    for (int age = length - 1; age >= 0; age--) {
      double value = get(age);
      sum += Double.isNaN(value) ? 0 : value * value;
    }
    return sum;
  }

  /** How many of the last {@code length} values are 0. */
  public int countZeros(int length) {
    int count = 0;
    for (int age = 0; age < length; age++) {
      count += get(age) == 0 ? 1 : 0;
    }
    return count;
  }

  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(newest);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  public void readFrom(DataInput in) throws IOException {
    newest = in.readLong();
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
  }
}
