package io.streamforge.bench.store;

import io.streamforge.bench.experiment.Distribution;
import java.util.List;

/** {@link Rate}s of several rounds, or what they are to another's. */
record RateDistribution(
    Distribution booksAlone, Distribution betweenBarriers, Distribution withPauses) {

  static RateDistribution of(List<Rate> rates) {
    return new RateDistribution(
        Distribution.of(rates.stream().mapToDouble(Rate::booksAlone)),
        Distribution.of(rates.stream().mapToDouble(Rate::betweenBarriers)),
        Distribution.of(rates.stream().mapToDouble(Rate::withPauses)));
  }
}
