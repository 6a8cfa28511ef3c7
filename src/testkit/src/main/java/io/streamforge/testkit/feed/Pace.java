package io.streamforge.testkit.feed;

import java.util.function.LongSupplier;

/** When a record may be sent. */
public interface Pace {
  /** Open loop: at its time, whatever has become of those before. */
  Pace OPEN_LOOP = timeUs -> (timeUs - WallClock.nowUs()) * 1000;

  /**
   * Closed loop: at once, as long as the graphs that have come back are at most so much behind.
   *
   * @param newestGraphUs the sample of the newest one
   */
  static Pace closedLoop(LongSupplier newestGraphUs) {
    long behindUs = 3_000_000;
    return new Pace() {
      private long startUs = Long.MAX_VALUE;

      @Override
      public long waitNs(long timeUs) {
        startUs = Math.min(startUs, timeUs);
        long backUs = Math.max(startUs, newestGraphUs.getAsLong());
        return timeUs - backUs <= behindUs ? 0 : 1_000_000;
      }
    };
  }

  /**
   * How long to wait before the record of a time is looked at again, nanoseconds; not positive if
   * it is due.
   */
  long waitNs(long timeUs);
}
