package io.streamforge.volatility;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The last mids on a grid and the log returns between neighbours. Stored as mids, which are
 * decimals and take few bytes; the returns are made of them anew.
 */
final class MidSeries {
  private final int capacity;
  private final TickWindow mids;
  private final TickWindow returns;

  /**
   * @param capacity how many returns are kept
   */
  MidSeries(int capacity) {
    this.capacity = capacity;
    this.mids = new TickWindow(capacity + 1);
    this.returns = new TickWindow(capacity);
  }

  /**
   * Sets the mid at an index, NaN for none; indexes grow from call to call.
   *
   * @param follows whether there may be a return since the index before
   */
  void put(long index, double mid, boolean follows) {
    mids.put(index, mid);
    returns.put(index, follows ? StrictMath.log(mid / mids.get(1)) : Double.NaN);
  }

  /** The log returns; one that has no mid at an end does not exist. */
  TickWindow returns() {
    return returns;
  }

  /** Log return over the last {@code steps} grid points, NaN unless both its mids exist. */
  double logReturn(int steps) {
    return StrictMath.log(mids.get(0) / mids.get(steps));
  }

  void writeTo(DataOutput out) throws IOException {
    mids.writeTo(out);
    for (int age = capacity - 1; age >= 0; age -= Byte.SIZE) {
      int exist = 0;
      for (int i = 0; i < Byte.SIZE && i <= age; i++) {
        exist |= Double.isNaN(returns.get(age - i)) ? 0 : 1 << i;
      }
      out.writeByte(exist);
    }
  }

  void readFrom(DataInput in) throws IOException {
    mids.readFrom(in);
    for (int age = capacity - 1; age >= 0; age -= Byte.SIZE) {
      int exist = in.readByte();
      for (int i = 0; i < Byte.SIZE && i <= age; i++) {
        int at = age - i;
        double value =
            (exist & 1 << i) != 0 ? StrictMath.log(mids.get(at) / mids.get(at + 1)) : Double.NaN;
        returns.put(mids.newest() - at, value);
      }
    }
  }
}
