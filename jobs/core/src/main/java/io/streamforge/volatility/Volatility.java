package io.streamforge.volatility;

import io.streamforge.section.Section;
import io.streamforge.section.SectionReader;
import io.streamforge.section.SectionWriter;
import io.streamforge.window.Grid;
import io.streamforge.window.SampleWindow;
import io.streamforge.window.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The path of one instrument's mid: log returns on the grid of samples, over ten samples, and
 * between its changes, and the realized variances over them. One sample is one second: the windows'
 * names say so.
 */
public final class Volatility {
  /** Of an instrument that has had no mid; not to be added to. */
  public static final Volatility NOTHING = new Volatility();

  /** Samples that the longest window on the grid looks back. */
  private static final int SAMPLES = 300;

  private static final int MIN_RETURNS = 30;
  private static final double YEAR_SECONDS = 31_536_000;

  private static final Section MID = Section.of(1, "mid");
  private static final Section EWMA = Section.of(1, "volatility.ewma");
  private static final Section BARS = Section.of(2, "volatility.bars");

  private final MidSeries samples = new MidSeries(SAMPLES);
  private final TenSecondReturns tenSeconds = new TenSecondReturns();
  private final EwmaVariance ewma = new EwmaVariance();
  private final MidBars bars = new MidBars();

  /**
   * Takes an interval; a return exists where the sample before had a mid too.
   *
   * @param sample the number of the sample that ends it: its time divided by the interval
   * @param steps the mids of its steps, the last of each 100 ms, NaN for none
   * @param mid as of the sample, NaN for none
   */
  public void add(long sample, double[] steps, double mid) {
    samples.put(sample, mid, true);
    tenSeconds.add(sample, mid, samples.returns());
    ewma.add(samples.returns().get(0));
    bars.add(sample, steps, mid);
  }

  /** Annualised volatility of a market that never closes. */
  static double annualised(double variance, double seconds) {
    return StrictMath.sqrt(variance * (YEAR_SECONDS / seconds));
  }

  /** The newest grid return, not clamped, NaN where there is none. */
  public double logReturn() {
    return samples.logReturn(1);
  }

  /** Returns of a sample and of ten that were clamped for the windows since the last call. */
  public long takeClamps() {
    return samples.takeClamps() + tenSeconds.takeClamps();
  }

  /** The grid returns of at least the last five minutes, clamped. */
  public SampleWindow logReturns() {
    return samples.returns();
  }

  /** Log return of the mid over so many samples, NaN unless both mids exist. */
  double logReturn(int seconds) {
    return samples.logReturn(seconds);
  }

  /** Share of the returns of the last 300 samples that are 0. */
  double zeroReturnShare5m() {
    int count = samples.returns().count(SAMPLES);
    return count < MIN_RETURNS
        ? Double.NaN
        : (double) samples.returns().countZeros(SAMPLES) / count;
  }

  /** Annualised volatility of the grid returns of the last {@code seconds}. */
  double ofGridReturns(int seconds) {
    int count = samples.returns().count(seconds);
    return count < MIN_RETURNS
        ? Double.NaN
        : annualised(samples.returns().sumOfSquares(seconds) / count, 1);
  }

  /** Share of the realized variance of the last 300 samples that is of rises. */
  double upShare5m() {
    SampleWindow returns = samples.returns();
    double all = returns.sumOfSquares(SAMPLES);
    double up = 0;
    for (int age = SAMPLES - 1; age >= 0; age--) {
      double r = returns.get(age);
      up += r > 0 ? r * r : 0;
    }
    return returns.count(SAMPLES) < MIN_RETURNS ? Double.NaN : up / all;
  }

  TenSecondReturns tenSeconds() {
    return tenSeconds;
  }

  MidBars bars() {
    return bars;
  }

  double ewmaVolatility() {
    return ewma.volatility();
  }

  /** Adds the windows, which are stored apart from the rest. */
  public void addTo(Windows windows) {
    windows.add(Grid.SAMPLE, MID, samples);
    tenSeconds.addTo(windows);
    bars.addTo(windows);
  }

  /** Writes all but the windows. */
  public void writeTo(DataOutput out) throws IOException {
    new SectionWriter(out).write(EWMA, ewma::writeTo).write(BARS, bars::writeTo).end();
  }

  /** Reads what {@link #writeTo} wrote. */
  public void readFrom(DataInput in) throws IOException {
    new SectionReader(in).read(EWMA, ewma::readFrom).read(BARS, bars::readFrom);
  }

  /** Makes what the windows say, which have been read. */
  public void measure() {
    tenSeconds.measure();
    bars.measure();
  }
}
