package io.streamforge.volatility;

import io.streamforge.section.Varint;
import io.streamforge.window.GridSeries;
import io.streamforge.window.SampleWindow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last mids on a grid and the log returns between neighbours, which are clamped to ±0.33554432,
 * the graph's bound: one absurd quote would ruin every window that it is in. Stored as mids, which
 * are decimals and take few bytes; the returns are made of them anew.
 */
public final class MidSeries implements GridSeries {
  /** The graph's bound for a return, 2²⁵ of 10⁻⁸. */
  static final double LIMIT = 0.33554432;

  private final SampleWindow mids;
  private final SampleWindow returns;
  private long clamps;

  /**
   * @param capacity how many returns are kept
   */
  public MidSeries(int capacity) {
    this.mids = new SampleWindow(capacity + 1);
    this.returns = new SampleWindow(capacity);
  }

  /**
   * Sets the mid at an index, NaN for none; indexes grow from call to call.
   *
   * @param follows whether there may be a return since the index before
   */
  public void put(long index, double mid, boolean follows) {
    mids.put(index, mid);
    double logReturn = follows ? StrictMath.log(mid / mids.get(1)) : Double.NaN;
    clamps += Math.abs(logReturn) > LIMIT ? 1 : 0;
    returns.put(index, clamped(logReturn));
  }

  private static double clamped(double logReturn) {
    return Math.max(-LIMIT, Math.min(LIMIT, logReturn)); // NaN stays NaN
  }

  /** Returns that {@link #put} clamped since the last call. */
  long takeClamps() {
    long taken = clamps;
    clamps = 0;
    return taken;
  }

  /** The log returns, clamped; one that has no mid at an end does not exist. */
  public SampleWindow returns() {
    return returns;
  }

  /**
   * Log return over the last {@code steps} grid points, not clamped, NaN unless both its mids
   * exist.
   */
  public double logReturn(int steps) {
    return StrictMath.log(mids.get(0) / mids.get(steps));
  }

  /**
   * Log return over {@code steps} grid points up to the one {@code age} before the newest, clamped,
   * NaN unless all the returns in it exist.
   */
  double clampedReturn(int age, int steps) {
    for (int i = age; i < age + steps; i++) {
      if (Double.isNaN(returns.get(i))) {
        return Double.NaN;
      }
    }
    return clamped(StrictMath.log(mids.get(age) / mids.get(age + steps)));
  }

  @Override
  public int capacity() {
    return mids.capacity();
  }

  @Override
  public long first() {
    return mids.first();
  }

  @Override
  public long newest() {
    return mids.newest();
  }

  @Override
  public void write(long from, long to, DataOutput out) throws IOException {
    mids.write(from, to, out);
    long exist = 0;
    for (long index = from; index < to; index++) {
      exist |= Double.isNaN(returns.at(index)) ? 0 : 1L << (index - from);
    }
    Varint.write(exist, out);
  }

  @Override
  public void read(long from, long to, DataInput in) throws IOException {
    mids.read(from, to, in);
    long exist = Varint.read(in);
    for (long index = from; index < to; index++) {
      boolean exists = ((exist >>> (index - from)) & 1) != 0;
      returns.put(
          index,
          exists ? clamped(StrictMath.log(mids.at(index) / mids.at(index - 1))) : Double.NaN);
    }
  }
}
