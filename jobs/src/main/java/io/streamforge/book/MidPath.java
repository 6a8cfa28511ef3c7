package io.streamforge.book;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The mid over the ticks that are not closed yet: the last of each 100 ms, with its own effective
 * time.
 */
public final class MidPath {
  /** Length of a step, microseconds; steps are aligned to the epoch. */
  public static final long STEP_US = 100_000;

  private long[] timesUs = new long[16];
  private double[] mids = new double[16];
  private int size;

  /** The mid after the message at {@code timeUs}, NaN for none; times do not run backwards. */
  public void set(long timeUs, double mid) {
    boolean newStep =
        size == 0 || Math.floorDiv(timesUs[size - 1], STEP_US) != Math.floorDiv(timeUs, STEP_US);
    if (newStep && size++ == timesUs.length) {
      timesUs = Arrays.copyOf(timesUs, 2 * timesUs.length);
      mids = Arrays.copyOf(mids, 2 * mids.length);
    }
    timesUs[size - 1] = timeUs;
    mids[size - 1] = mid;
  }

  /**
   * The mid as of the last step's end that is not after {@code timeUs}; NaN where there was none,
   * or no message for longer than {@code staleAfterUs}.
   */
  public double asOf(long timeUs, long staleAfterUs) {
    long stepUs = Math.floorDiv(timeUs, STEP_US) * STEP_US;
    for (int i = size - 1; i >= 0; i--) {
      if (timesUs[i] < stepUs) {
        return stepUs - timesUs[i] > staleAfterUs ? Double.NaN : mids[i];
      }
    }
    return Double.NaN;
  }

  /** The mids of the steps from a time until before another, oldest first; NaN for none. */
  public double[] steps(long fromUs, long beforeUs) {
    int from = 0;
    while (from < size && timesUs[from] < fromUs) {
      from++;
    }
    int to = from;
    while (to < size && timesUs[to] < beforeUs) {
      to++;
    }
    return Arrays.copyOfRange(mids, from, to);
  }

  /** Forgets what nothing from {@code timeUs} on can ask for. */
  public void forgetBefore(long timeUs) {
    int first = 0;
    while (first + 1 < size && timesUs[first + 1] < timeUs) {
      first++;
    }
    size -= first;
    System.arraycopy(timesUs, first, timesUs, 0, size);
    System.arraycopy(mids, first, mids, 0, size);
  }

  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(timesUs[i]);
      out.writeDouble(mids[i]);
    }
  }

  public void readFrom(DataInput in) throws IOException {
    size = in.readInt();
    timesUs = new long[Math.max(16, size)];
    mids = new double[Math.max(16, size)];
    for (int i = 0; i < size; i++) {
      timesUs[i] = in.readLong();
      mids[i] = in.readDouble();
    }
  }
}
