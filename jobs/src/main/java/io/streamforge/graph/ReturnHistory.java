package io.streamforge.graph;

import io.streamforge.market.InstrumentSpec;

/** One symbol's returns: the grid returns that are saved, and the two windows made from them. */
final class ReturnHistory {
  private final String venue;
  private final InstrumentSpec spec;
  private final int returnTicks;
  private final int windowTicks;
  private final FixedPoint fixedPoint;
  private final ReturnPages pages;
  private final TickRing gridReturns;
  private final TickRing returns;
  private long weightedTick = Long.MIN_VALUE;
  private double weightedSquares;

  ReturnHistory(String symbol, GraphSettings settings, FixedPoint fixedPoint) {
    this.venue = symbol.substring(0, Math.max(0, symbol.indexOf(':')));
    this.spec = settings.registry().of(symbol);
    this.returnTicks = settings.returnTicks();
    this.windowTicks = settings.windowTicks();
    this.fixedPoint = fixedPoint;
    this.pages = new ReturnPages(symbol, windowTicks + returnTicks - 1);
    this.gridReturns = new TickRing(windowTicks);
    this.returns = new TickRing(windowTicks);
  }

  /** Makes room for {@code tick}; returns the 5 s return that leaves the window, 0 if none does. */
  int leave(long tick) {
    gridReturns.drop(tick);
    return returns.drop(tick);
  }

  /** Takes the grid return of {@code tick}; returns the 5 s return that it completes, else 0. */
  int enter(long tick, double logReturn) {
    if (Double.isNaN(logReturn)) {
      return 0;
    }
    pages.put(tick, fixedPoint.of(logReturn));
    return include(tick);
  }

  /** Makes the windows that end at {@code tick} anew from the pages. */
  void rebuild(long tick) {
    for (long past = tick - windowTicks + 1; past <= tick; past++) {
      if (pages.get(past) != ReturnPage.MISSING) {
        include(past);
      }
    }
  }

  private int include(long tick) {
    gridReturns.put(tick, pages.get(tick));
    int value = returnOver(returnTicks, tick, fixedPoint);
    if (value == ReturnPage.MISSING) {
      return 0;
    }
    returns.put(tick, value);
    return value;
  }

  /** Sum of the grid returns of {@code ticks} ticks up to one, clamped; missing if one is. */
  int returnOver(int ticks, long tick, FixedPoint into) {
    long sum = 0;
    for (long past = tick - ticks + 1; past <= tick; past++) {
      int value = pages.get(past);
      if (value == ReturnPage.MISSING) {
        return ReturnPage.MISSING;
      }
      sum += value;
    }
    return into.clamp((double) sum);
  }

  /** Σ of the weighted squares of the 5 s returns of the window that ends at {@code tick}. */
  double weightedSquares(long tick, double[] weights) {
    if (weightedTick != tick) {
      weightedSquares = returns.weightedSquaresAlongside(returns, tick, weights);
      weightedTick = tick;
    }
    return weightedSquares;
  }

  /** The symbol. */
  String symbol() {
    return pages.symbol();
  }

  /** Venue of the symbol. */
  String venue() {
    return venue;
  }

  /** What the symbol is. */
  InstrumentSpec spec() {
    return spec;
  }

  /** What is saved. */
  ReturnPages pages() {
    return pages;
  }

  /** Grid returns of the window. */
  TickRing gridReturns() {
    return gridReturns;
  }

  /** Overlapping 5 s returns of the window. */
  TickRing returns() {
    return returns;
  }
}
