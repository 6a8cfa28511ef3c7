package io.streamforge.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last values of a series on a grid, by grid index. A value that does not exist is NaN; indexes
 * that were passed over do not exist. They take memory as they change: one that says the same for
 * long takes hardly any.
 */
public final class SampleWindow implements GridSeries {
  /** Null while the values are in the array. */
  private EqualRuns runs;

  /** By index modulo its length; null while the values are in runs. */
  private double[] values;

  private int newestSlot;

  /** How many of the newest values in the array are the same, or fewer. */
  private int same;

  private long newest = Long.MIN_VALUE;
  private long first = Long.MAX_VALUE;

  /**
   * @param capacity how many grid points are kept
   */
  public SampleWindow(int capacity) {
    runs = EqualRuns.none(capacity);
  }

  /** Sets the value at an index, which does not run backwards from call to call. */
  public void put(long index, double value) {
    if (index == newest) {
      replaceNewest(value);
      return;
    }
    if (newest == Long.MIN_VALUE) {
      first = index;
    } else {
      for (long i = Math.max(newest + 1, index - capacity() + 1); i < index; i++) {
        append(i, Double.NaN);
      }
    }
    append(index, value);
    newest = index;
  }

  private void append(long index, double value) {
    if (values == null) {
      if (runs.add(value)) {
        return;
      }
      toArray(index - 1);
    }
    same = EqualRuns.areSame(values[newestSlot], value) ? same + 1 : 1;
    newestSlot = slot(index);
    values[newestSlot] = value;
    if (same >= values.length) {
      runs = EqualRuns.of(values.length, value);
      values = null;
    }
  }

  private void replaceNewest(double value) {
    if (values == null) {
      if (runs.replaceNewest(value)) {
        return;
      }
      toArray(newest);
    }
    same = 1;
    values[newestSlot] = value;
  }

  private void toArray(long newestIndex) {
    values = new double[runs.capacity()];
    for (int age = 0; age < values.length; age++) {
      values[slot(newestIndex - age)] = runs.get(age);
    }
    newestSlot = slot(newestIndex);
    same = 1;
    runs = null;
  }

  /** Adds to the value at an index, which does not run backwards; what does not exist is 0. */
  public void add(long index, double value) {
    boolean exists = newest == index && !Double.isNaN(get(0));
    put(index, exists ? get(0) + value : value);
  }

  /** The value {@code age} grid points before the newest. */
  public double get(int age) {
    if (values == null) {
      return runs.get(age);
    }
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
    if (values == null) {
      return runs.count(length);
    }
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
    if (values == null) {
      return runs.sum(length);
    }
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
    if (values == null) {
      return runs.sumOfSquares(length);
    }
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
    if (values == null) {
      return runs.countZeros(length);
    }
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
    return values == null ? runs.capacity() : values.length;
  }

  @Override
  public long first() {
    return first;
  }

  /** The value at an index not beyond the newest, NaN where it is not known any more. */
  public double at(long index) {
    long age = newest - index;
    return age < capacity() ? get((int) age) : Double.NaN;
  }

  @Override
  public void write(long from, long to, DataOutput out) throws IOException {
    StoredValues.write(this, from, to, out);
  }

  @Override
  public void read(long from, long to, DataInput in) throws IOException {
    StoredValues.read(this, from, to, in);
  }
}
