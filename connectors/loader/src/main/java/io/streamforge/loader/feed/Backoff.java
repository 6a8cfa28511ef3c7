package io.streamforge.loader.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: any time up to a bound that doubles (full jitter). */
final class Backoff {
  private static final int MOST_DOUBLINGS = 20;

  private final long firstMs;
  private final long mostMs;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration first, Duration most, RandomGenerator random) {
    this.firstMs = first.toMillis();
    this.mostMs = most.toMillis();
    this.random = random;
  }

  /** The time until the next attempt, milliseconds. */
  long nextMs() {
    long bound = Math.min(mostMs, firstMs << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    return random.nextLong(bound + 1);
  }

  /** Says that an attempt went well. */
  void reset() {
    failures = 0;
  }
}
