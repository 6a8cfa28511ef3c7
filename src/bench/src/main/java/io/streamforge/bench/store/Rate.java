package io.streamforge.bench.store;

import io.streamforge.bench.experiment.Distribution;
import java.util.List;

/**
 * How fast a round was, in messages a second of the task's thread.
 *
 * @param booksAlone without samples and checkpoints: what it takes to apply a message
 * @param betweenBarriers without checkpoints: what a busy job comes near to, whose checkpoints are
 *     far apart
 * @param withPauses with the pause at each barrier, ten seconds of event time apart: what the
 *     messages and their share of the checkpoints cost together
 */
record Rate(double booksAlone, double betweenBarriers, double withPauses) {

  /**
   * The rate of a round.
   *
   * @param ns without checkpoints
   * @param samplesNs of them, at watermarks
   */
  static Rate of(int messages, long ns, long samplesNs, List<Checkpoint> checkpoints) {
    long pausesNs = checkpoints.stream().mapToLong(Checkpoint::pauseNs).sum();
    return new Rate(
        1e9 * messages / (ns - samplesNs), 1e9 * messages / ns, 1e9 * messages / (ns + pausesNs));
  }

  /** How many times as fast as another. */
  Rate over(Rate other) {
    return new Rate(
        booksAlone / other.booksAlone,
        betweenBarriers / other.betweenBarriers,
        withPauses / other.withPauses);
  }

  /** Of several rounds, or what they are to those of another. */
  record Spread(Distribution booksAlone, Distribution betweenBarriers, Distribution withPauses) {

    static Spread of(List<Rate> rates) {
      return new Spread(
          Distribution.of(rates.stream().mapToDouble(Rate::booksAlone)),
          Distribution.of(rates.stream().mapToDouble(Rate::betweenBarriers)),
          Distribution.of(rates.stream().mapToDouble(Rate::withPauses)));
    }
  }
}
