package io.streamforge.bench.throughput.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A book as of a sample; a POJO of Flink's. NaN is a value that does not exist. */
public final class BookView {
  /** The best levels that any feature needs. */
  static final int DEPTH = 20;

  /** When its last message counted. */
  public long lastMessageUs;

  public double mid = Double.NaN;
  public double spreadBps = Double.NaN;
  public double weightedMidBps = Double.NaN;
  public double imbalance1 = Double.NaN;
  public double imbalance5 = Double.NaN;
  public double imbalance20 = Double.NaN;

  /**
   * A live book; all is NaN if a side is empty, or the sides cross.
   *
   * @param bids the best levels, best first: price, quantity, price, …
   * @param asks likewise
   */
  void take(long[] bids, long[] asks) {
    if (bids.length == 0 || asks.length == 0 || bids[0] >= asks[0]) {
      return;
    }
    double spread = asks[0] - bids[0];
    double twiceMid = asks[0] + bids[0];
    mid = Units.toDouble(asks[0] + bids[0]) / 2;
    spreadBps = 2e4 * spread / twiceMid;
    imbalance1 = imbalance(bids, asks, 1);
    imbalance5 = imbalance(bids, asks, 5);
    imbalance20 = imbalance(bids, asks, DEPTH);
    weightedMidBps = 1e4 * spread / twiceMid * imbalance1;
  }

  private static double imbalance(long[] bids, long[] asks, int levels) {
    if (bids.length < 2 * levels || asks.length < 2 * levels) {
      return Double.NaN;
    }
    long bid = 0;
    long ask = 0;
    for (int i = 1; i < 2 * levels; i += 2) {
      bid += bids[i];
      ask += asks[i];
    }
    return (double) (bid - ask) / (double) (bid + ask);
  }

  /** Writes all of it. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(lastMessageUs);
    out.writeDouble(mid);
    out.writeDouble(spreadBps);
    out.writeDouble(weightedMidBps);
    out.writeDouble(imbalance1);
    out.writeDouble(imbalance5);
    out.writeDouble(imbalance20);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static BookView readFrom(DataInput in) throws IOException {
    BookView view = new BookView();
    view.lastMessageUs = in.readLong();
    view.mid = in.readDouble();
    view.spreadBps = in.readDouble();
    view.weightedMidBps = in.readDouble();
    view.imbalance1 = in.readDouble();
    view.imbalance5 = in.readDouble();
    view.imbalance20 = in.readDouble();
    return view;
  }
}
