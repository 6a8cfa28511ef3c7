package io.streamforge.testkit.feed;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time of day, microseconds since the epoch: what is sent bears it, and what is read is
 * compared with it.
 */
public final class WallClock {
  private WallClock() {}

  public static long nowUs() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
