package io.streamforge.testkit.reference;

import static io.streamforge.testkit.reference.ReferenceInstrument.SECOND;
import static io.streamforge.testkit.reference.ReferenceInstrument.window;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The features of the mid's path, from all of it that there ever was. */
final class ReferenceVolatility {
  private static final double YEAR = 31_536_000;
  private static final long TEN = 10 * SECOND;
  private static final int K = 5;

  /** A change of the mid, and how far it is from the one before and from the fifth before. */
  private record Change(double r, Double overFive) {}

  // By sample, or by the sample that ends a bin; what does not exist is not in the map.
  private final TreeMap<Long, Double> mids = new TreeMap<>();
  private final TreeMap<Long, Double> returns = new TreeMap<>();
  private final TreeMap<Long, Double> tenSecondReturns = new TreeMap<>();
  private final TreeMap<Long, List<Double>> steps = new TreeMap<>();
  private final TreeMap<Long, List<Change>> changes = new TreeMap<>();
  private final TreeMap<Long, ReferenceRanges.Bar> bars = new TreeMap<>();

  /** The mids since the path began, no two neighbours alike. */
  private List<Double> path = new ArrayList<>();

  /** As of the last sample: what rests on bins stays until the next one ends. */
  private final Features features = new Features();

  private long binsEnd = Long.MIN_VALUE;

  private Double ewma;
  private int ewmaReturns;

  /** Grid returns by sample. */
  NavigableMap<Long, Double> returns() {
    return returns;
  }

  Features advance(long sample, Double mid, List<Double> stepsOfSample) {
    follow(sample, mid, stepsOfSample);
    Double r = logReturn(sample, SECOND);
    if (r != null) {
      double kept = clamped(r);
      returns.put(sample, kept);
      double square = kept * kept;
      ewma = ewma == null ? square : Math.pow(2, -1 / 60.0) * (ewma - square) + square;
      ewmaReturns++;
    }
    if (sample % TEN == 0 && window(returns, sample, 10).size() == 10) {
      tenSecondReturns.put(sample, clamped(logReturn(sample, TEN)));
    }
    features.put("return_bps", bps(r));
    features.put("return_1m_bps", bps(logReturn(sample, 60 * SECOND)));
    features.put("return_5m_bps", bps(logReturn(sample, 300 * SECOND)));
    Collection<Double> fiveMinutes = window(returns, sample, 300).values();
    boolean enough = fiveMinutes.size() >= 30;
    features.put("zero_return_share_5m", enough ? shareOfZeros(fiveMinutes) : null);
    features.put("volatility_1m", volatility(window(returns, sample, 60).values(), 30, 1));
    features.put("volatility_5m", volatility(fiveMinutes, 30, 1));
    // Bins that have ended: the last one may have ended up to nine samples ago.
    long lastBin = sample - Math.floorMod(sample, TEN);
    boolean binEnded = lastBin != binsEnd;
    binsEnd = lastBin;
    NavigableMap<Long, Double> hour = window(tenSecondReturns, lastBin, 3600);
    if (binEnded) {
      features.put("volatility_1h", volatility(hour.values(), 180, 10));
      NavigableMap<Long, Double> day = aligned(tenSecondReturns, lastBin, 600, 144);
      features.put("volatility_24h", volatility(day.values(), 4320, 10));
      features.put("variance_ratio_1h", varianceRatio(aligned(tenSecondReturns, lastBin, 60, 60)));
    }
    double up = squares(fiveMinutes.stream().filter(x -> x > 0).toList());
    double all = squares(fiveMinutes);
    features.put("up_share_5m", enough && all > 0 ? up / all : null);
    if (binEnded) {
      NavigableMap<Long, Double> minutes = minutes(lastBin);
      putJumps(tooFew(hour, 180) ? minutes : hour, tooFew(hour, 180) ? 6 * TEN : TEN);
      putChanges(lastBin);
    }
    features.put("ewma_volatility", ewmaReturns < 30 ? null : StrictMath.sqrt(ewma * YEAR));
    return features;
  }

  /** At most 2^25 units of 10^-8. */
  private static double clamped(double logReturn) {
    return Math.abs(logReturn) > 0.33554432 ? Math.signum(logReturn) * 0.33554432 : logReturn;
  }

  private Double logReturn(long sample, long back) {
    Double now = mids.get(sample);
    Double before = mids.get(sample - back);
    return now == null || before == null ? null : StrictMath.log(now / before);
  }

  /** The path goes on while there is a mid at each step and at each sample. */
  private void follow(long sample, Double mid, List<Double> stepsOfSample) {
    if (!steps.containsKey(sample - SECOND)) {
      path = new ArrayList<>();
    }
    steps.put(sample, stepsOfSample);
    List<Double> all = new ArrayList<>(stepsOfSample);
    all.add(mid == null ? Double.NaN : mid);
    List<Change> found = new ArrayList<>();
    for (double next : all) {
      if (Double.isNaN(next)) {
        path = new ArrayList<>();
      } else if (path.isEmpty() || path.get(path.size() - 1) != next) {
        path.add(next);
        int last = path.size() - 1;
        if (last > 0) {
          double before = path.get(last - 1);
          Double overFive = last < K ? null : StrictMath.log(next / path.get(last - K));
          found.add(new Change(StrictMath.log(next / before), overFive));
        }
      }
    }
    changes.put(sample, found);
    if (mid != null) {
      mids.put(sample, mid);
    }
    if (sample % TEN == 0) {
      ReferenceRanges.Bar bar = bar(sample);
      if (bar != null) {
        bars.put(sample, bar);
      }
    }
  }

  /** The bar that ends at a sample, from the mids at its samples and at the steps between them. */
  private ReferenceRanges.Bar bar(long end) {
    Double open = mids.get(end - TEN);
    if (open == null) {
      return null;
    }
    double high = open;
    double low = open;
    int count = 0;
    for (long sample = end - TEN + SECOND; sample <= end; sample += SECOND) {
      if (mids.get(sample) == null) {
        return null;
      }
      for (double step : steps.get(sample)) {
        if (Double.isNaN(step)) {
          return null;
        }
        high = Math.max(high, step);
        low = Math.min(low, step);
      }
      count += changes.get(sample).size();
    }
    return new ReferenceRanges.Bar(open, high, low, mids.get(end), count);
  }

  /**
   * The bins in the newest whole spans of so many seconds, of which the last holds the last bin.
   */
  private static NavigableMap<Long, Double> aligned(
      NavigableMap<Long, Double> bins, long lastBin, long seconds, int spans) {
    long inLast = lastBin - TEN;
    long begin = inLast - Math.floorMod(inLast, seconds * SECOND) - (spans - 1) * seconds * SECOND;
    return bins.subMap(begin, false, lastBin, true);
  }

  private Double varianceRatio(NavigableMap<Long, Double> bins) {
    double grid = 0;
    for (long bin : bins.keySet()) {
      grid += squares(window(returns, bin, 10).values());
    }
    return bins.size() < 180 || grid == 0 ? null : (Double) (squares(bins.values()) / grid);
  }

  private static boolean tooFew(NavigableMap<Long, Double> hour, int needed) {
    return hour.size() < needed || shareOfZeros(hour.values()) > 0.2;
  }

  /** Returns of 60 s of the last hour, of complete bins, by their end. */
  private NavigableMap<Long, Double> minutes(long lastBin) {
    TreeMap<Long, Double> minutes = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      long end = lastBin - 6 * TEN * i;
      if (window(tenSecondReturns, end, 60).size() == 6) {
        minutes.put(end, clamped(logReturn(end, 6 * TEN)));
      }
    }
    return minutes;
  }

  private void putJumps(NavigableMap<Long, Double> hour, long step) {
    double bipower = 0;
    double medians = 0;
    int pairs = 0;
    int triples = 0;
    for (long bin : hour.keySet()) {
      double now = Math.abs(hour.get(bin));
      Double before = hour.get(bin - step);
      Double after = hour.get(bin + step);
      if (before != null) {
        bipower += now * Math.abs(before);
        pairs++;
      }
      if (before != null && after != null) {
        List<Double> three = new ArrayList<>(List.of(Math.abs(before), now, Math.abs(after)));
        three.sort(null);
        medians += three.get(1) * three.get(1);
        triples++;
      }
    }
    boolean known = !tooFew(hour, step == TEN ? 180 : 30);
    Double bv = known && pairs > 0 ? Math.PI / 2 * hour.size() / pairs * bipower : null;
    double medianFactor = Math.PI / (6 - 4 * Math.sqrt(3) + Math.PI);
    Double med = known && triples > 0 ? medianFactor * hour.size() / triples * medians : null;
    features.put("bipower_variation_1h", bv);
    features.put("med_rv_1h", med);
    features.put("jump_share_1h", bv == null ? null : Math.max(0, 1 - bv / squares(hour.values())));
  }

  private void putChanges(long lastBin) {
    List<Change> five =
        window(changes, lastBin, 300).values().stream().flatMap(List::stream).toList();
    List<Double> overFive =
        five.stream().map(Change::overFive).filter(change -> change != null).toList();
    Double tsrv = null;
    if (five.size() >= 50 && 2 * overFive.size() >= five.size()) {
      double ratio = (double) overFive.size() / K / five.size();
      double fine = squares(five.stream().map(Change::r).toList());
      double variance = (squares(overFive) / K - ratio * fine) / (1 - ratio);
      tsrv = variance < 0 ? null : (Double) variance;
    }
    features.put("tsrv_5m", tsrv);
    features.putAll(ReferenceRanges.of(bars, lastBin));
  }

  private static Double bps(Double logReturn) {
    return logReturn == null ? null : 1e4 * logReturn;
  }

  private static double shareOfZeros(Collection<Double> values) {
    return (double) values.stream().filter(x -> x == 0).count() / values.size();
  }

  private static double squares(Collection<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  private static Double volatility(Collection<Double> returns, int needed, double seconds) {
    return returns.size() < needed
        ? null
        : (Double) StrictMath.sqrt(squares(returns) / returns.size() * YEAR / seconds);
  }
}
