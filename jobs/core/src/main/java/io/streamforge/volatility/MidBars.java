package io.streamforge.volatility;

import io.streamforge.section.Section;
import io.streamforge.window.Grid;
import io.streamforge.window.SampleWindow;
import io.streamforge.window.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * Bars of ten samples, aligned to the epoch, of the mid at its changes (the last of each 100 ms),
 * and what the last thirty that have ended say. A bar opens at the last one's close and does not
 * exist where the book was without a mid at any step or sample of it, nor where samples are
 * missing. The sums of squares are of all changes, those in bars that do not exist too. All of it
 * changes when a bar ends and not in between.
 */
final class MidBars {
  private static final int SAMPLES = 10;
  private static final int BARS = 30;
  private static final int MIN_BARS = BARS / 2;
  private static final int MIN_CHANGES_A_BAR = 20;
  private static final int MIN_CHANGES = 50;

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

  private double parkinson = Double.NaN;
  private double garmanKlass = Double.NaN;
  private double rogersSatchell = Double.NaN;
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
    parkinson = annualised(Bar::parkinson);
    garmanKlass = annualised(Bar::garmanKlass);
    rogersSatchell = annualised(Bar::rogersSatchell);
    twoScaleVariance = twoScale();
  }

  private double annualised(ToDoubleFunction<Bar> variance) {
    int bars = 0;
    double moves = 0;
    double sum = 0;
    for (int age = BARS - 1; age >= 0; age--) {
      if (!Double.isNaN(closes.get(age))) {
        bars++;
        moves += changes.get(age);
        sum +=
            variance.applyAsDouble(
                new Bar(opens.get(age), highs.get(age), lows.get(age), closes.get(age)));
      }
    }
    return bars < MIN_BARS || moves < MIN_CHANGES_A_BAR * bars
        ? Double.NaN
        : Volatility.annualised(sum / bars, SAMPLES);
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

  double parkinson() {
    return parkinson;
  }

  double garmanKlass() {
    return garmanKlass;
  }

  double rogersSatchell() {
    return rogersSatchell;
  }

  double twoScaleVariance() {
    return twoScaleVariance;
  }

  void addTo(Windows windows) {
    windows.add(Grid.TEN_SECONDS, Section.of(2, "bars.open"), opens);
    windows.add(Grid.TEN_SECONDS, Section.of(3, "bars.high"), highs);
    windows.add(Grid.TEN_SECONDS, Section.of(4, "bars.low"), lows);
    windows.add(Grid.TEN_SECONDS, Section.of(5, "bars.close"), closes);
    windows.add(Grid.TEN_SECONDS, Section.of(6, "bars.changes"), changes);
    windows.add(Grid.TEN_SECONDS, Section.of(7, "bars.squares"), squares);
    windows.add(Grid.TEN_SECONDS, Section.of(8, "bars.lagged-changes"), laggedChanges);
    windows.add(Grid.TEN_SECONDS, Section.of(9, "bars.lagged-squares"), laggedSquares);
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
