package io.streamforge.section;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Up to 63 numbers of which those that do not exist (NaN) are not written. A later version may add
 * numbers behind them: an earlier one passes over those, and a later one finds that they do not
 * exist.
 */
public final class SparseValues {
  private SparseValues() {}

  /** Writes the values, each in its place. */
  public static void write(DataOutput out, double... values) throws IOException {
    long exist = 0;
    for (int i = 0; i < values.length; i++) {
      exist |= Double.isNaN(values[i]) ? 0 : 1L << i;
    }
    Varint.write(exist, out);
    for (double value : values) {
      if (!Double.isNaN(value)) {
        out.writeDouble(value);
      }
    }
  }

  /** Reads the values of the first places. */
  public static double[] read(DataInput in, int places) throws IOException {
    double[] values = new double[places];
    Arrays.fill(values, Double.NaN);
    int place = 0;
    for (long exist = Varint.read(in); exist != 0; exist >>>= 1) {
      if ((exist & 1) != 0) {
        double value = in.readDouble();
        if (place < places) {
          values[place] = value;
        }
      }
      place++;
    }
    return values;
  }
}
