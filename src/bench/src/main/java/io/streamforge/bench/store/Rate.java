package io.streamforge.bench.store;

import java.util.List;

/**
 * How fast a round was, in messages a second of the task's thread.
 *
 * @param betweenBarriers without checkpoints: what a busy job comes near to, whose checkpoints are
 *     far apart
 * @param withPauses with the pause at each barrier, ten seconds of event time apart: what the
 *     messages and their share of the checkpoints cost together
 */
record Rate(double betweenBarriers, double withPauses) {

  static Rate of(int messages, long ns, List<Checkpoint> checkpoints) {
    long pausesNs = checkpoints.stream().mapToLong(Checkpoint::pauseNs).sum();
    return new Rate(messages / (ns / 1e9), messages / ((ns + pausesNs) / 1e9));
  }

  /** How many times as fast as another. */
  Rate over(Rate other) {
    return new Rate(betweenBarriers / other.betweenBarriers, withPauses / other.withPauses);
  }
}
