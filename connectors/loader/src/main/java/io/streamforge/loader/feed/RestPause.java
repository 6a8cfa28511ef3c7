package io.streamforge.loader.feed;

import io.streamforge.loader.net.Network.Answer;
import java.util.concurrent.TimeUnit;

/** How long a venue wants no requests from this address: after 429 and 418. */
final class RestPause {
  private static final long USUAL_SECONDS = 60;
  private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(3);

  private long untilNanos = System.nanoTime();

  /** An answer has come. */
  void note(Answer answer) {
    if (answer.status() == 429 || answer.status() == 418) {
      long seconds =
          answer.retryAfterSeconds() > 0
              ? Math.min(answer.retryAfterSeconds(), LONGEST_SECONDS)
              : USUAL_SECONDS;
      untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }
  }

  /** When requests may be made again, by {@link System#nanoTime}. */
  long untilNanos() {
    return untilNanos;
  }

  /** Whether requests have to wait. */
  boolean holds() {
    return untilNanos - System.nanoTime() > 0;
  }
}
