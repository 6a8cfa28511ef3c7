package io.streamforge.window;

import io.streamforge.market.Decimals;
import io.streamforge.market.ExactSum;
import io.streamforge.section.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Values of a {@link SampleWindow} as they are stored: without loss, in few bytes where they are
 * decimals of a common scale (prices, quantities), as differences from one to the next.
 */
final class StoredValues {
  private static final int MAX_SCALE = 12;
  private static final long EXACT_INTEGERS = 1L << 53;

  // What is written of a value: that there is none, that its bits follow, or its difference.
  private static final long NONE = 0;
  private static final long BINARY = 1;
  private static final long DECIMAL = 2;

  private StoredValues() {}

  static void write(SampleWindow window, long from, long to, DataOutput out) throws IOException {
    int scale = commonScale(window, from, to);
    out.writeByte(scale);
    long before = 0;
    for (long index = from; index < to; index++) {
      double value = window.at(index);
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
  private static int commonScale(SampleWindow window, long from, long to) {
    int common = 0;
    for (long index = from; index < to; index++) {
      double value = window.at(index);
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

  /** Reads what {@link #write} wrote. */
  static void read(SampleWindow window, long from, long to, DataInput in) throws IOException {
    int scale = in.readByte();
    long before = 0;
    for (long index = from; index < to; index++) {
      long token = Varint.read(in);
      if (token >= DECIMAL) {
        before += Varint.unZigZag(token - DECIMAL);
      }
      window.put(
          index,
          token == NONE
              ? Double.NaN
              : token == BINARY ? in.readDouble() : ExactSum.toDouble(before, scale));
    }
  }
}
