package io.streamforge.volatility;

import io.streamforge.section.Section;
import io.streamforge.window.Grid;
import io.streamforge.window.SampleWindow;
import io.streamforge.window.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Bars of ten samples, aligned to the epoch, of the mid at its changes (the last of each 100 ms),
 * and what the last thirty that have ended say. A bar opens at the last one's close and does not
 * exist where the book was without a mid at any step or sample of it, nor where samples are
 * missing. Where they hold too few changes, six of them are one bar, of a minute. The sums of
 * squares are of all changes, those in bars that do not exist too. All of it changes when a bar
 * ends and not in between.
 */
final class MidBars {
  private static final int SAMPLES = 10;
  private static final int BARS = 30;
  private static final int BARS_A_MINUTE = 6;
  private static final int MIN_CHANGES = 50;

  private static final Section OPEN = Section.of(2, "bars.open");
  private static final Section HIGH = Section.of(3, "bars.high");
  private static final Section LOW = Section.of(4, "bars.low");
  private static final Section CLOSE = Section.of(5, "bars.close");
  private static final Section CHANGES = Section.of(6, "bars.changes");
  private static final Section SQUARES = Section.of(7, "bars.squares");
  private static final Section LAGGED_CHANGES = Section.of(8, "bars.lagged-changes");
  private static final Section LAGGED_SQUARES = Section.of(9, "bars.lagged-squares");

  // The bars that have ended.
  private final SampleWindow opens = new SampleWindow(BARS);
  private final SampleWindow highs = new SampleWindow(BARS);
  private final SampleWindow lows = new SampleWindow(BARS);
  private final SampleWindow closes = new SampleWindow(BARS);
  private final SampleWindow changes = new SampleWindow(BARS);
  private final SampleWindow squares = new SampleWindow(BARS);
  private final SampleWindow laggedChanges = new SampleWindow(BARS);
  private final SampleWindow laggedSquares = new SampleWindow(BARS);

  // The one that has not.
  private long running = Long.MIN_VALUE;
  private long lastSample = Long.MIN_VALUE;
  private final ChangeSquares path = new ChangeSquares();
  private double open = Double.NaN;
  private double high = Double.NaN;
  private double low = Double.NaN;

  private RangeVolatility ranges = RangeVolatility.NONE;
  private double twoScaleVariance = Double.NaN;

  /**
   * Takes an interval.
   *
   * @param sample that ends it
   * @param steps the mids of its steps, NaN for none
   * @param mid as of the sample, NaN for none
   */
  void add(long sample, double[] steps, double mid) {
    if (sample != lastSample + 1) {
      interrupt();
    }
    lastSample = sample;
    long bar = Math.floorDiv(sample - 1, SAMPLES) + 1;
    if (bar != running) {
      begin(bar);
    }
    for (double step : steps) {
      if (Double.isNaN(step)) {
        interrupt();
      } else {
        path.add(step);
        high = Math.max(high, step); // NaN stays NaN
        low = Math.min(low, step);
      }
    }
    if (Double.isNaN(mid)) {
      interrupt();
    } else {
      path.add(mid); // the last step's, but after a hole
    }
    if (sample % SAMPLES == 0) {
      end();
      begin(bar + 1);
    }
  }

  private void interrupt() {
    path.interrupt();
    open = Double.NaN;
    high = Double.NaN;
    low = Double.NaN;
  }

  private void begin(long bar) {
    if (running != Long.MIN_VALUE && closes.newest() < running) {
      end(); // samples are missing at its end
    }
    running = bar;
    path.beginSpan();
    open = path.last();
    high = open;
    low = open;
    if (closes.newest() < bar - 1) {
      put(bar - 1, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
  }

  private void end() {
    put(running, open, high, low, Double.isNaN(open) ? Double.NaN : path.last());
  }

  private void put(long bar, double o, double h, double l, double c) {
    opens.put(bar, o);
    highs.put(bar, h);
    lows.put(bar, l);
    closes.put(bar, c);
    changes.put(bar, path.changes());
    squares.put(bar, path.squares());
    laggedChanges.put(bar, path.laggedChanges());
    laggedSquares.put(bar, path.laggedSquares());
    measure();
  }

  /** Makes what the windows say. */
  void measure() {
    ranges = ranges(1);
    if (!ranges.exists()) {
      ranges = ranges(BARS_A_MINUTE);
    }
    twoScaleVariance = twoScale();
  }

  /**
   * Of longer bars, each of {@code length} neighbours that exist; the last ends with the newest.
   */
  private RangeVolatility ranges(int length) {
    RangeVolatility.Sums sums = new RangeVolatility.Sums();
    for (int oldest = BARS - 1; oldest >= 0; oldest -= length) {
      addTo(sums, oldest, length);
    }
    int most = BARS / length;
    return sums.of((most + 1) / 2, length * SAMPLES);
  }

  /** Adds the bar of so many neighbours, if they exist. */
  private void addTo(RangeVolatility.Sums sums, int oldest, int length) {
    double top = highs.get(oldest);
    double bottom = lows.get(oldest);
    double moves = 0;
    for (int age = oldest; age > oldest - length; age--) {
      if (Double.isNaN(closes.get(age))) {
        return;
      }
      top = Math.max(top, highs.get(age));
      bottom = Math.min(bottom, lows.get(age));
      moves += changes.get(age);
    }
    sums.add(new Bar(opens.get(oldest), top, bottom, closes.get(oldest - length + 1)), moves);
  }

  /**
   * Zhang, Mykland & Aït-Sahalia 2005. Of {@code lagged} differences over K changes each of the K
   * subgrids has {@code lagged/K} on average.
   */
  private double twoScale() {
    double count = changes.sum(BARS);
    double lagged = laggedChanges.sum(BARS);
    if (count < MIN_CHANGES || 2 * lagged < count) {
      return Double.NaN;
    }
    double share = lagged / ChangeSquares.LAG / count;
    double coarse = laggedSquares.sum(BARS) / ChangeSquares.LAG;
    double variance = (coarse - share * squares.sum(BARS)) / (1 - share);
    return variance < 0 ? Double.NaN : variance;
  }

  RangeVolatility ranges() {
    return ranges;
  }

  double twoScaleVariance() {
    return twoScaleVariance;
  }

  void addTo(Windows windows) {
    windows.add(Grid.TEN_SECONDS, OPEN, opens);
    windows.add(Grid.TEN_SECONDS, HIGH, highs);
    windows.add(Grid.TEN_SECONDS, LOW, lows);
    windows.add(Grid.TEN_SECONDS, CLOSE, closes);
    windows.add(Grid.TEN_SECONDS, CHANGES, changes);
    windows.add(Grid.TEN_SECONDS, SQUARES, squares);
    windows.add(Grid.TEN_SECONDS, LAGGED_CHANGES, laggedChanges);
    windows.add(Grid.TEN_SECONDS, LAGGED_SQUARES, laggedSquares);
  }

  /** Writes all but the windows. */
  void writeTo(DataOutput out) throws IOException {
    out.writeLong(running);
    out.writeLong(lastSample);
    path.writeTo(out);
    out.writeDouble(open);
    out.writeDouble(high);
    out.writeDouble(low);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    running = in.readLong();
    lastSample = in.readLong();
    path.readFrom(in);
    open = in.readDouble();
    high = in.readDouble();
    low = in.readDouble();
  }
}
