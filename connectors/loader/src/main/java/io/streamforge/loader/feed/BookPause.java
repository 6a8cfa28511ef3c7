package io.streamforge.loader.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** How often a book is subscribed again: at once, then after pauses that grow while it goes on. */
final class BookPause {
  private static final long CALM_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Backoff backoff;
  private long untilNanos;
  private boolean used;

  BookPause(RandomGenerator random) {
    backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(60), random);
  }

  /** Whether another attempt may be planned. */
  boolean isOver(long now) {
    return !used || now - untilNanos >= 0;
  }

  /**
   * Plans an attempt.
   *
   * @return the nanoseconds until it is made
   */
  long begin(long now) {
    boolean calm = !used || now - untilNanos > CALM_NANOS;
    if (calm) {
      backoff.reset();
    }
    long wait = TimeUnit.MILLISECONDS.toNanos(backoff.nextMs());
    used = true;
    untilNanos = now + wait + TimeUnit.SECONDS.toNanos(1); // in which its snapshot comes
    return calm ? 0 : wait;
  }
}
