package io.streamforge.flow;

import io.streamforge.market.Trade;
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
 * What the trades of the last minute, and the last buckets of volume, say: how one-sided they are
 * and how much they move the mid. An interval belongs to the sample that ends it.
 */
public final class TradeFlow {
  private static final int SAMPLES = 60;
  private static final int MIN_RETURNS = 30;
  private static final int MIN_TRADED = 10;

  private static final Section VPIN = Section.of(1, "flow.vpin");

  private static final Section VOLUME = Section.of(2, "volume");
  private static final Section SIGNED_VOLUME = Section.of(3, "signed-volume");
  private static final Section QUOTE_VOLUME = Section.of(4, "quote-volume");
  private static final Section SIGNED_QUOTE_VOLUME = Section.of(5, "signed-quote-volume");
  private static final Section ROLL_SPREAD = Section.of(6, "roll-spread");

  private final SampleWindow volume = new SampleWindow(SAMPLES);
  private final SampleWindow signedVolume = new SampleWindow(SAMPLES);
  private final SampleWindow quoteVolume = new SampleWindow(SAMPLES);
  private final SampleWindow signedQuoteVolume = new SampleWindow(SAMPLES);
  private final RollSpread roll = new RollSpread();
  private final Vpin vpin = new Vpin();

  /**
   * Takes an interval.
   *
   * @param sample the number of the sample that ends it
   * @param trades its trades in log order
   * @param sums theirs
   * @param returns the mid's log returns on the grid, that of this sample included
   */
  public FlowSample add(
      long sample, Iterable<Trade> trades, TradeSample sums, SampleWindow returns) {
    volume.put(sample, sums.volume());
    signedVolume.put(sample, sums.signedVolume());
    quoteVolume.put(sample, sums.quoteVolume());
    signedQuoteVolume.put(sample, sums.signedQuoteVolume());
    roll.add(sample, trades);
    vpin.add(sample, trades, sums.exactVolume(), sums.exactSignedVolume());
    boolean enough = returns.count(SAMPLES) >= MIN_RETURNS;
    return new FlowSample(
        signedVolume.sum(SAMPLES) / volume.sum(SAMPLES),
        enough ? kyleLambda(returns) : Double.NaN,
        enough ? amihud(returns) : Double.NaN,
        roll.bps(),
        vpin.value());
  }

  /** Slope of returns on signed quote volume, over the samples that have a return. Kyle 1985. */
  private double kyleLambda(SampleWindow returns) {
    int count = 0;
    int traded = 0;
    double meanReturn = 0;
    double meanFlow = 0;
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int age = SAMPLES - 1; age >= 0; age--) {
      if (!Double.isNaN(returns.get(age))) {
        count++;
        traded += volume.get(age) > 0 ? 1 : 0;
        meanReturn += returns.get(age);
        meanFlow += signedQuoteVolume.get(age);
        smallest = Math.min(smallest, signedQuoteVolume.get(age));
        largest = Math.max(largest, signedQuoteVolume.get(age));
      }
    }
    if (traded < MIN_TRADED || smallest == largest) {
      return Double.NaN;
    }
    meanReturn /= count;
    meanFlow /= count;
    double covariance = 0;
    double variance = 0;
    for (int age = SAMPLES - 1; age >= 0; age--) {
      if (!Double.isNaN(returns.get(age))) {
        double flow = signedQuoteVolume.get(age) - meanFlow;
        covariance += (returns.get(age) - meanReturn) * flow;
        variance += flow * flow;
      }
    }
    return covariance / variance;
  }

  /** How far the mid goes for the quote volume traded: the mean of the ratios. Amihud 2002. */
  private double amihud(SampleWindow returns) {
    double ratios = 0;
    int samples = 0;
    for (int age = SAMPLES - 1; age >= 0; age--) {
      double r = returns.get(age);
      if (!Double.isNaN(r) && volume.get(age) > 0) {
        ratios += Math.abs(r) / quoteVolume.get(age);
        samples++;
      }
    }
    return ratios / samples;
  }

  /** Adds the windows, which are stored apart from the rest. */
  public void addTo(Windows windows) {
    windows.add(Grid.SAMPLE, VOLUME, volume);
    windows.add(Grid.SAMPLE, SIGNED_VOLUME, signedVolume);
    windows.add(Grid.SAMPLE, QUOTE_VOLUME, quoteVolume);
    windows.add(Grid.SAMPLE, SIGNED_QUOTE_VOLUME, signedQuoteVolume);
    windows.add(Grid.SAMPLE, ROLL_SPREAD, roll);
    vpin.addTo(windows);
  }

  /** Writes all but the windows. */
  public void writeTo(DataOutput out) throws IOException {
    new SectionWriter(out).write(VPIN, vpin::writeTo).end();
  }

  /** Reads what {@link #writeTo} wrote. */
  public void readFrom(DataInput in) throws IOException {
    new SectionReader(in).read(VPIN, vpin::readFrom);
  }
}
