package io.streamforge.volatility;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The mid at its changes, as far as it is known without a break, and the sums of squared log
 * differences of a span of it: from one change to the next, and over {@value #LAG} changes (all
 * {@value #LAG} subgrids of them together). A difference belongs to the span in which it ends.
 */
final class ChangeSquares {
  static final int LAG = 5;

  /** The newest mids, the oldest first. */
  private final double[] path = new double[LAG];

  private int known;

  private int changes;
  private double squares;
  private int laggedChanges;
  private double laggedSquares;

  /** Takes the next mid; one that equals the last is no change. */
  void add(double mid) {
    if (known > 0 && mid == path[known - 1]) {
      return;
    }
    if (known > 0) {
      double r = StrictMath.log(mid / path[known - 1]);
      squares += r * r;
      changes++;
    }
    if (known == LAG) {
      double r = StrictMath.log(mid / path[0]);
      laggedSquares += r * r;
      laggedChanges++;
      System.arraycopy(path, 1, path, 0, --known);
    }
    path[known++] = mid;
  }

  /** What comes next follows nothing. */
  void interrupt() {
    known = 0;
    Arrays.fill(path, 0);
  }

  /** The last mid, NaN after an interruption. */
  double last() {
    return known == 0 ? Double.NaN : path[known - 1];
  }

  /** The path goes on, the next span begins. */
  void beginSpan() {
    changes = 0;
    squares = 0;
    laggedChanges = 0;
    laggedSquares = 0;
  }

  int changes() {
    return changes;
  }

  double squares() {
    return squares;
  }

  int laggedChanges() {
    return laggedChanges;
  }

  double laggedSquares() {
    return laggedSquares;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeByte(known);
    for (int i = 0; i < known; i++) {
      out.writeDouble(path[i]);
    }
    out.writeInt(changes);
    out.writeDouble(squares);
    out.writeInt(laggedChanges);
    out.writeDouble(laggedSquares);
  }

  void readFrom(DataInput in) throws IOException {
    known = in.readByte();
    for (int i = 0; i < known; i++) {
      path[i] = in.readDouble();
    }
    changes = in.readInt();
    squares = in.readDouble();
    laggedChanges = in.readInt();
    laggedSquares = in.readDouble();
  }
}
