package io.streamforge.mid;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mid over the samples that are not closed yet: the last of each 100 ms, with the effective
 * time of the last message and the one since which the mid has been what it is.
 */
public final class MidPath {
  /** Length of a step, microseconds; steps are aligned to the epoch. */
  public static final long STEP_US = 100_000;

  private static final int FIRST_CAPACITY = 16;

  private long[] timesUs = {};
  private long[] sinceUs = {};
  private double[] mids = {};
  private boolean[] begins = {}; // follows nothing
  private int size;
  private boolean interrupted;

  /** The mid after the message at {@code timeUs}, NaN for none; times do not run backwards. */
  public void set(long timeUs, double mid) {
    boolean newStep =
        size == 0 || Math.floorDiv(timesUs[size - 1], STEP_US) != Math.floorDiv(timeUs, STEP_US);
    if (newStep) {
      grow();
    }
    int last = size - 1;
    if (newStep || interrupted) {
      begins[last] = interrupted;
      sinceUs[last] = timeUs;
      interrupted = false;
    } else if (mids[last] != mid) {
      sinceUs[last] = timeUs;
    }
    if (last > 0 && !begins[last] && mids[last - 1] == mid) {
      sinceUs[last] = sinceUs[last - 1];
    }
    timesUs[last] = timeUs;
    mids[last] = mid;
  }

  private void grow() {
    if (size++ == timesUs.length) {
      timesUs = Arrays.copyOf(timesUs, Math.max(FIRST_CAPACITY, 2 * timesUs.length));
      sinceUs = Arrays.copyOf(sinceUs, timesUs.length);
      mids = Arrays.copyOf(mids, timesUs.length);
      begins = Arrays.copyOf(begins, timesUs.length);
    }
  }

  /** How many steps there are. */
  public int size() {
    return size;
  }

  /** Time of the newest step; {@link Long#MIN_VALUE} if there is none. */
  public long newestUs() {
    return size == 0 ? Long.MIN_VALUE : timesUs[size - 1];
  }

  /** Adds the step that followed the newest one. */
  public void append(MidStep step) {
    grow();
    timesUs[size - 1] = step.timeUs();
    sinceUs[size - 1] = step.sinceUs();
    mids[size - 1] = step.mid();
    begins[size - 1] = step.begins();
  }

  /** Takes the oldest step away. */
  public MidStep takeOldest() {
    MidStep oldest = step(0);
    drop(1);
    return oldest;
  }

  /** Moves so many of the newest steps behind those of another path. */
  public void moveNewest(int count, MidPath to) {
    for (int i = size - count; i < size; i++) {
      to.append(step(i));
    }
    size -= count;
  }

  private MidStep step(int i) {
    return new MidStep(timesUs[i], sinceUs[i], mids[i], begins[i]);
  }

  private void drop(int count) {
    size -= count;
    System.arraycopy(timesUs, count, timesUs, 0, size);
    System.arraycopy(sinceUs, count, sinceUs, 0, size);
    System.arraycopy(mids, count, mids, 0, size);
    System.arraycopy(begins, count, begins, 0, size);
  }

  /** The next mid follows nothing: there was silence for too long. */
  public void interrupt() {
    interrupted = true;
  }

  /**
   * The changes from one step's end to the next within [fromUs, toUs), which are ends of steps.
   * There is none where a step ends without a mid, and none across an interruption.
   */
  public List<MidChange> changes(long fromUs, long toUs) {
    List<MidChange> changes = new ArrayList<>();
    for (int i = 1; i < size && timesUs[i] < toUs; i++) {
      double before = mids[i - 1];
      if (timesUs[i] >= fromUs
          && !begins[i]
          && before != mids[i]
          && !Double.isNaN(mids[i])
          && !Double.isNaN(before)) {
        long heldUs = sinceUs[i] - sinceUs[i - 1];
        changes.add(
            new MidChange(
                sinceUs[i],
                (int) Math.min(heldUs, MidChange.LONGEST_HELD_US),
                StrictMath.log(mids[i] / before)));
      }
    }
    return changes;
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
    drop(first);
  }

  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(timesUs[i]);
      out.writeLong(sinceUs[i]);
      out.writeDouble(mids[i]);
      out.writeBoolean(begins[i]);
    }
  }

  public void readFrom(DataInput in) throws IOException {
    size = in.readInt();
    timesUs = new long[size == 0 ? 0 : Math.max(FIRST_CAPACITY, size)];
    sinceUs = new long[timesUs.length];
    mids = new double[timesUs.length];
    begins = new boolean[timesUs.length];
    for (int i = 0; i < size; i++) {
      timesUs[i] = in.readLong();
      sinceUs[i] = in.readLong();
      mids[i] = in.readDouble();
      begins[i] = in.readBoolean();
    }
  }
}
