package io.streamforge.graph.returns;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.market.InstrumentSpec;

/** One symbol's returns: the grid returns that are saved, and the two windows made from them. */
public final class ReturnHistory {
  private final String venue;
  private final InstrumentSpec spec;
  private final int returnSamples;
  private final int windowSamples;
  private final FixedPoint fixedPoint;
  private final ReturnPages pages;
  private final SampleRing gridReturns;
  private final SampleRing returns;
  private long weightedSample = Long.MIN_VALUE;
  private double weightedSquares;

  public ReturnHistory(String symbol, GraphSettings settings, FixedPoint fixedPoint) {
    this.venue = symbol.substring(0, Math.max(0, symbol.indexOf(':')));
    this.spec = settings.registry().of(symbol);
    this.returnSamples = settings.returnSamples();
    this.windowSamples = settings.windowSamples();
    this.fixedPoint = fixedPoint;
    this.pages = new ReturnPages(symbol, windowSamples + returnSamples - 1);
    this.gridReturns = new SampleRing(windowSamples);
    this.returns = new SampleRing(windowSamples);
  }

  /**
   * Makes room for {@code sample}; returns the 5 s return that leaves the window, 0 if none does.
   */
  int leave(long sample) {
    gridReturns.drop(sample);
    return returns.drop(sample);
  }

  /** Takes the grid return of {@code sample}; returns the 5 s return that it completes, else 0. */
  int enter(long sample, double logReturn) {
    if (Double.isNaN(logReturn)) {
      return 0;
    }
    pages.put(sample, fixedPoint.of(logReturn));
    return include(sample);
  }

  /** Makes the windows that end at {@code sample} anew from the pages. */
  void rebuild(long sample) {
    for (long past = sample - windowSamples + 1; past <= sample; past++) {
      if (pages.get(past) != ReturnPage.MISSING) {
        include(past);
      }
    }
  }

  private int include(long sample) {
    gridReturns.put(sample, pages.get(sample));
    int value = returnOver(returnSamples, sample, fixedPoint);
    if (value == ReturnPage.MISSING) {
      return 0;
    }
    returns.put(sample, value);
    return value;
  }

  /** Sum of the grid returns of {@code samples} samples up to one, clamped; missing if one is. */
  int returnOver(int samples, long sample, FixedPoint into) {
    long sum = 0;
    for (long past = sample - samples + 1; past <= sample; past++) {
      int value = pages.get(past);
      if (value == ReturnPage.MISSING) {
        return ReturnPage.MISSING;
      }
      sum += value;
    }
    return into.clamp((double) sum);
  }

  /** Σ of the weighted squares of the 5 s returns of the window that ends at {@code sample}. */
  double weightedSquares(long sample, double[] weights) {
    if (weightedSample != sample) {
      weightedSquares = returns.weightedSquaresAlongside(returns, sample, weights);
      weightedSample = sample;
    }
    return weightedSquares;
  }

  /** The symbol. */
  String symbol() {
    return pages.symbol();
  }

  /** Venue of the symbol. */
  public String venue() {
    return venue;
  }

  /** What the symbol is. */
  public InstrumentSpec spec() {
    return spec;
  }

  /** What is saved. */
  ReturnPages pages() {
    return pages;
  }

  /** Grid returns of the window. */
  public SampleRing gridReturns() {
    return gridReturns;
  }

  /** Overlapping 5 s returns of the window. */
  public SampleRing returns() {
    return returns;
  }
}
