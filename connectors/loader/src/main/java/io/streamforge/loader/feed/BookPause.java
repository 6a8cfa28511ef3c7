package io.streamforge.loader.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** How often a book is subscribed again: at once, then after pauses that grow while it goes on. */
final class BookPause {
  private static final long CALM_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** In which a snapshot comes. */
  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Backoff backoff;
  private long untilNanos;
  private boolean used;
  private boolean planned;

  BookPause(RandomGenerator random) {
    backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(60), random);
  }

  /** Plans an attempt; false if one is planned already. */
  boolean plan() {
    boolean isNew = !planned;
    planned = true;
    return isNew;
  }

  /** The planned attempt is made. */
  void carriedOut() {
    planned = false;
  }

  /**
   * How long the planned attempt has to wait.
   *
   * @param urgent whether it waits for nothing: another connection is there already
   */
  long nanos(long now, boolean urgent) {
    boolean calm = !used || now - untilNanos > CALM_NANOS;
    if (calm) {
      backoff.reset();
    }
    long pause = TimeUnit.MILLISECONDS.toNanos(backoff.nextMs());
    long wait = calm || urgent ? 0 : Math.max(untilNanos - now, 0) + pause;
    used = true;
    untilNanos = now + wait + SOON_NANOS;
    return wait;
  }
}
