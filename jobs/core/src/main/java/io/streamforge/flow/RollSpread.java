package io.streamforge.flow;

import io.streamforge.market.Trade;
import io.streamforge.section.Varint;
import io.streamforge.window.GridSeries;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Effective spread of the last minute, from how prices bounce between bid and ask alone: successive
 * returns covary by −(spread/2)². Roll 1984, Journal of Finance 39(4). Prices follow one another in
 * log order; the fills of one interval that follow one another at the same venue time on the same
 * side are one order's, and one price, their average.
 */
final class RollSpread implements GridSeries {
  private static final int SAMPLES = 60;
  private static final int MIN_PRICES = 20;

  /** Those of the last minute, oldest first. */
  private final ArrayDeque<PriceRun> runs = new ArrayDeque<>();

  /** All of them as one. */
  private PriceRun minute = new PriceRun(0);

  /** Takes an interval's trades in log order. */
  void add(long sample, Iterable<Trade> trades) {
    while (!runs.isEmpty() && runs.peek().sample() <= sample - SAMPLES) {
      removeOldest();
    }
    if (!trades.iterator().hasNext()) {
      return;
    }
    PriceRun run = new PriceRun(sample);
    FilledOrder order = new FilledOrder();
    for (Trade trade : trades) {
      if (order.endsBefore(trade)) {
        run.add(order.price());
        order.begin();
      }
      order.add(trade);
    }
    run.add(order.price());
    append(run);
  }

  private void append(PriceRun run) {
    runs.add(run);
    minute.append(run);
  }

  private void removeOldest() {
    PriceRun oldest = runs.remove();
    if (runs.isEmpty()) {
      minute = new PriceRun(0);
    } else {
      Iterator<PriceRun> left = runs.iterator();
      minute.removeFirst(oldest, left.next(), left.hasNext() ? left.next() : null);
    }
  }

  /** In basis points; NaN below 20 prices, or where the covariance is not below 0. */
  double bps() {
    if (minute.prices() < MIN_PRICES) {
      return Double.NaN;
    }
    double covariance = minute.covariance();
    return covariance < 0 ? 2e4 * StrictMath.sqrt(-covariance) : Double.NaN;
  }

  @Override
  public int capacity() {
    return SAMPLES;
  }

  @Override
  public long first() {
    return runs.isEmpty() ? Long.MAX_VALUE : runs.getFirst().sample();
  }

  @Override
  public long newest() {
    return runs.isEmpty() ? Long.MIN_VALUE : runs.getLast().sample();
  }

  @Override
  public void write(long from, long to, DataOutput out) throws IOException {
    for (PriceRun run : runs) {
      if (from <= run.sample() && run.sample() < to) {
        Varint.write(run.sample() - from + 1, out);
        run.writeTo(out);
      }
    }
    Varint.write(0, out);
  }

  @Override
  public void read(long from, long to, DataInput in) throws IOException {
    for (long place = Varint.read(in); place > 0; place = Varint.read(in)) {
      append(PriceRun.readFrom(in, from + place - 1));
    }
  }
}
