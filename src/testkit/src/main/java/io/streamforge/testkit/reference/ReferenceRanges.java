package io.streamforge.testkit.reference;

import static io.streamforge.testkit.reference.ReferenceInstrument.SECOND;
import static io.streamforge.testkit.reference.ReferenceInstrument.window;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** The estimators of the mid's volatility that look at the ranges of bars. */
final class ReferenceRanges {
  private static final double YEAR = 31_536_000;

  /** A bar of the mid, and how often it changed. */
  record Bar(double open, double high, double low, double close, int changes) {}

  private ReferenceRanges() {}

  /** Of the five minutes up to the end of a bin, by the bins of ten seconds that exist. */
  static Features of(NavigableMap<Long, Bar> bins, long lastBin) {
    List<Bar> ofTenSeconds = List.copyOf(window(bins, lastBin, 300).values());
    List<Bar> ofMinutes = new ArrayList<>();
    for (int minute = 0; minute < 5; minute++) {
      List<Bar> six = List.copyOf(window(bins, lastBin - 60 * SECOND * minute, 60).values());
      if (six.size() == 6) {
        ofMinutes.add(joined(six));
      }
    }
    if (ofTenSeconds.size() >= 15 && changes(ofTenSeconds) >= 5 * ofTenSeconds.size()) {
      return of(ofTenSeconds, 10);
    }
    if (ofMinutes.size() >= 3 && changes(ofMinutes) >= 5 * ofMinutes.size()) {
      return of(ofMinutes, 60);
    }
    return features(null, null, null);
  }

  private static Bar joined(List<Bar> bars) {
    return new Bar(
        bars.get(0).open(),
        bars.stream().mapToDouble(Bar::high).max().orElseThrow(),
        bars.stream().mapToDouble(Bar::low).min().orElseThrow(),
        bars.get(bars.size() - 1).close(),
        changes(bars));
  }

  private static int changes(List<Bar> bars) {
    return bars.stream().mapToInt(Bar::changes).sum();
  }

  private static Features of(List<Bar> bars, double seconds) {
    double parkinson = 0;
    double garmanKlass = 0;
    double rogersSatchell = 0;
    double seenRange = 0;
    double seenRogersSatchell = 0;
    for (Bar bar : bars) {
      double up = Math.log(bar.high() / bar.open());
      double down = Math.log(bar.low() / bar.open());
      double move = Math.log(bar.close() / bar.open());
      parkinson += (up - down) * (up - down) / (4 * Math.log(2));
      garmanKlass += (up - down) * (up - down) / 2 - (2 * Math.log(2) - 1) * move * move;
      rogersSatchell += up * (up - move) + down * (down - move);
      if (bar.changes() > 0) {
        double root = Math.sqrt(bar.changes());
        seenRange += root * root - 1.34126 * root + 0.9757 - 0.2731 / root;
        seenRogersSatchell += root * root - 1.8593811 * root + 1.1714 - 0.313 / root;
      }
    }
    double f = seenRange / changes(bars);
    double fOfGarmanKlass = 1 - 2 * Math.log(2) * (1 - f);
    double fOfRogersSatchell = seenRogersSatchell / changes(bars);
    double yearly = YEAR / seconds / bars.size();
    return features(
        Math.sqrt(parkinson / f * yearly),
        Math.sqrt(garmanKlass / fOfGarmanKlass * yearly),
        Math.sqrt(rogersSatchell / fOfRogersSatchell * yearly));
  }

  private static Features features(Double parkinson, Double garmanKlass, Double rogersSatchell) {
    Features features = new Features();
    features.put("parkinson_5m", parkinson);
    features.put("garman_klass_5m", garmanKlass);
    features.put("rogers_satchell_5m", rogersSatchell);
    return features;
  }
}
