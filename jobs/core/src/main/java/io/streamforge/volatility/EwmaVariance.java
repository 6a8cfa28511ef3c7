package io.streamforge.volatility;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Variance a second of the grid returns, each weighted by 2^(−age/60 s). It begins with the first
 * return's square; a return that is missing leaves it as it is.
 */
final class EwmaVariance {
  private static final double KEPT = StrictMath.pow(2, -1.0 / 60);
  private static final int MIN_RETURNS = 30;

  private double variance;
  private int returns; // no further than those needed

  void add(double logReturn) {
    if (!Double.isNaN(logReturn)) {
      double square = logReturn * logReturn;
      variance = returns == 0 ? square : KEPT * variance + (1 - KEPT) * square;
      returns = Math.min(returns + 1, MIN_RETURNS);
    }
  }

  /** Annualised, NaN before 30 returns. */
  double volatility() {
    return returns < MIN_RETURNS ? Double.NaN : Volatility.annualised(variance, 1);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeDouble(variance);
    out.writeByte(returns);
  }

  void readFrom(DataInput in) throws IOException {
    variance = in.readDouble();
    returns = in.readByte();
  }
}
