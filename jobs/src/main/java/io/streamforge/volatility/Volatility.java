package io.streamforge.volatility;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Log returns of one instrument's mid on the grid of ticks and, in complete bins aligned to the
 * epoch, on the grid of ten ticks, and the realized variances over them. One tick is one second:
 * the windows' names say so.
 */
public final class Volatility {
  /** Ticks that the longest window on the grid looks back. */
  private static final int TICKS = 300;

  private static final int BIN = 10;
  private static final int BINS = 360;
  private static final int MIN_RETURNS = 30;
  private static final double YEAR_SECONDS = 31_536_000;

  private final TickWindow returns = new TickWindow(TICKS);
  private final TickWindow bins = new TickWindow(BINS);
  private double lastMid = Double.NaN;
  private long lastTick = Long.MIN_VALUE;

  /**
   * Takes the mid as of a tick, NaN for none; a return exists where the tick before had a mid too.
   *
   * @param tick the tick's number: its time divided by the interval
   */
  public void add(long tick, double mid) {
    double logReturn =
        lastTick == tick - 1 ? StrictMath.log(mid / lastMid) : Double.NaN; // NaN without a mid
    returns.put(tick, logReturn);
    long bin = Math.floorDiv(tick, BIN);
    if (tick % BIN == 0) {
      bins.put(bin, returns.count(BIN) == BIN ? returns.sum(BIN) : Double.NaN);
    } else if (bin > bins.newest()) {
      bins.put(bin, Double.NaN); // passed over in a hole
    }
    lastMid = mid;
    lastTick = tick;
  }

  /** The newest grid return, NaN where there is none. */
  public double logReturn() {
    return returns.get(0);
  }

  /** Share of the returns of the last 300 ticks that are 0. */
  double zeroReturnShare5m() {
    int count = returns.count(TICKS);
    return count < MIN_RETURNS ? Double.NaN : (double) returns.countZeros(TICKS) / count;
  }

  /** Annualised volatility of the grid returns of the last {@code seconds}. */
  double ofGridReturns(int seconds) {
    return annualised(returns, seconds, MIN_RETURNS, 1);
  }

  /** Annualised volatility of the ten-second returns of the last hour. */
  double ofTenSecondReturns1h() {
    return annualised(bins, BINS, BINS / 2, BIN);
  }

  private static double annualised(TickWindow window, int length, int minimum, double seconds) {
    int count = window.count(length);
    return count < minimum
        ? Double.NaN
        : StrictMath.sqrt(window.sumOfSquares(length) / count * (YEAR_SECONDS / seconds));
  }

  public void writeTo(DataOutput out) throws IOException {
    returns.writeTo(out);
    bins.writeTo(out);
    out.writeDouble(lastMid);
    out.writeLong(lastTick);
  }

  public void readFrom(DataInput in) throws IOException {
    returns.readFrom(in);
    bins.readFrom(in);
    lastMid = in.readDouble();
    lastTick = in.readLong();
  }
}
