package io.streamforge.volatility;

import io.streamforge.section.Section;
import io.streamforge.window.Grid;
import io.streamforge.window.SampleWindow;
import io.streamforge.window.Windows;

/**
 * R10: log returns of the mid over ten samples, in bins aligned to the epoch, and what the last
 * hour and the last day of them say. A bin counts where its ten grid returns exist. All of it
 * changes when a bin ends and not in between.
 *
 * <p>Of an hour each return is kept; of a day the sums of ten minutes, also aligned to the epoch:
 * the day is the newest 144 of these, that of the last bin included.
 */
final class TenSecondReturns {
  static final int SAMPLES = 10;

  private static final int HOUR_BINS = 360;
  private static final int MINUTE_BINS = 6;
  private static final int HOUR_MINUTES = 60;
  private static final int PANE_BINS = 60;
  private static final int DAY_PANES = 144;
  private static final int MIN_HOUR = HOUR_BINS / 2;
  private static final int MIN_DAY = DAY_PANES * PANE_BINS / 2;

  private static final Section MID = Section.of(1, "ten-seconds.mid");
  private static final Section GRID_SQUARES = Section.of(1, "ten-seconds.grid-squares");
  private static final Section SQUARES = Section.of(1, "ten-seconds.squares");
  private static final Section RETURNS = Section.of(2, "ten-seconds.returns");

  private final MidSeries bins = new MidSeries(HOUR_BINS);

  /** Σ r² of the grid returns in complete bins, by minute. */
  private final SampleWindow gridSquares = new SampleWindow(HOUR_MINUTES);

  private final SampleWindow paneSquares = new SampleWindow(DAY_PANES);
  private final SampleWindow paneCounts = new SampleWindow(DAY_PANES);

  private double volatility1h = Double.NaN;
  private double volatility24h = Double.NaN;
  private double varianceRatio1h = Double.NaN;
  private JumpRobustVariance variance1h = JumpRobustVariance.NONE;

  /**
   * Takes the mid at a sample.
   *
   * @param grid the returns of the samples, that of this one included
   */
  void add(long sample, double mid, SampleWindow grid) {
    long bin = Math.floorDiv(sample, SAMPLES);
    if (sample % SAMPLES == 0) {
      boolean complete = grid.count(SAMPLES) == SAMPLES;
      end(bin, mid, complete, complete ? grid.sumOfSquares(SAMPLES) : 0);
    } else if (bin > bins.returns().newest()) {
      end(bin, Double.NaN, false, 0); // passed over in a hole
    }
  }

  private void end(long bin, double mid, boolean complete, double squares) {
    bins.put(bin, mid, complete);
    gridSquares.add(Math.floorDiv(bin - 1, MINUTE_BINS), squares);
    double r = bins.returns().get(0);
    paneSquares.add(Math.floorDiv(bin - 1, PANE_BINS), complete ? r * r : 0);
    paneCounts.add(Math.floorDiv(bin - 1, PANE_BINS), complete ? 1 : 0);
    measure();
  }

  /** Makes what the windows say. */
  void measure() {
    SampleWindow returns = bins.returns();
    int count = returns.count(HOUR_BINS);
    boolean enough = count >= MIN_HOUR;
    volatility1h =
        enough
            ? Volatility.annualised(returns.sumOfSquares(HOUR_BINS) / count, SAMPLES)
            : Double.NaN;
    double dayCount = paneCounts.sum(DAY_PANES);
    volatility24h =
        dayCount >= MIN_DAY
            ? Volatility.annualised(paneSquares.sum(DAY_PANES) / dayCount, SAMPLES)
            : Double.NaN;
    varianceRatio1h = varianceRatio();
    variance1h = JumpRobustVariance.of(returns, HOUR_BINS);
    if (!variance1h.exists()) {
      variance1h = JumpRobustVariance.of(minutes(), HOUR_MINUTES);
    }
  }

  /** Returns of six bins, the last of which ends with the newest. */
  private SampleWindow minutes() {
    SampleWindow minutes = new SampleWindow(HOUR_MINUTES);
    for (int minute = 0; minute < HOUR_MINUTES; minute++) {
      int age = (HOUR_MINUTES - 1 - minute) * MINUTE_BINS;
      minutes.put(minute, bins.clampedReturn(age, MINUTE_BINS));
    }
    return minutes;
  }

  /** Of the same bins above and below: those of the newest 60 whole minutes, the last included. */
  private double varianceRatio() {
    long newest = bins.returns().newest();
    long oldestMinute = Math.floorDiv(newest - 1, MINUTE_BINS) - HOUR_MINUTES + 1;
    int length = (int) (newest - oldestMinute * MINUTE_BINS);
    double grid = gridSquares.sum(HOUR_MINUTES);
    return bins.returns().count(length) >= MIN_HOUR && grid > 0
        ? bins.returns().sumOfSquares(length) / grid
        : Double.NaN;
  }

  double volatility1h() {
    return volatility1h;
  }

  double volatility24h() {
    return volatility24h;
  }

  double varianceRatio1h() {
    return varianceRatio1h;
  }

  JumpRobustVariance variance1h() {
    return variance1h;
  }

  /** Returns that were clamped since the last call. */
  long takeClamps() {
    return bins.takeClamps();
  }

  void addTo(Windows windows) {
    windows.add(Grid.TEN_SECONDS, MID, bins);
    windows.add(Grid.MINUTE, GRID_SQUARES, gridSquares);
    windows.add(Grid.TEN_MINUTES, SQUARES, paneSquares);
    windows.add(Grid.TEN_MINUTES, RETURNS, paneCounts);
  }
}
