package io.streamforge.testkit.exchange.market;

import java.util.concurrent.TimeUnit;

/** The market's time: it stands at the recording's first message until it is let run. */
public final class MarketClock {
  private final long startUs;
  private final double speed;
  private final boolean today;
  private boolean runs;
  private long runsSinceNanos;
  private long shiftUs;

  /**
   * A clock that stands.
   *
   * @param startUs the time of the recording's first message, microseconds since the epoch
   * @param speed how many times faster than recorded it runs, above 0
   * @param today whether the venue's times are moved so that the recording happens now
   */
  public MarketClock(long startUs, double speed, boolean today) {
    this.startUs = startUs;
    this.speed = speed;
    this.today = today;
    shiftUs = shiftToNow();
  }

  /** In whole milliseconds, so that a venue that writes milliseconds shifts by the same. */
  private long shiftToNow() {
    return today ? (System.currentTimeMillis() - startUs / 1000) * 1000 : 0;
  }

  /** Whether it runs. */
  public synchronized boolean runs() {
    return runs;
  }

  /** Lets it run, if it does not yet. */
  public synchronized void run() {
    if (!runs) {
      runs = true;
      runsSinceNanos = System.nanoTime();
      shiftUs = shiftToNow();
    }
  }

  /** Microseconds since the epoch, on the recording's axis. */
  public synchronized long recordedUs() {
    if (!runs) {
      return startUs;
    }
    return startUs + (long) ((System.nanoTime() - runsSinceNanos) / 1000.0 * speed);
  }

  /** What the venue's times are moved by, microseconds. */
  public synchronized long shiftUs() {
    return shiftUs;
  }

  /** Microseconds since the epoch, as the venue shows them. */
  public synchronized long shownUs() {
    return recordedUs() + shiftUs;
  }

  /** How long it takes from now until a time of the recording, nanoseconds, at least 0. */
  public synchronized long nanosUntil(long us) {
    double left = (us - recordedUs()) / speed * TimeUnit.MICROSECONDS.toNanos(1);
    return Math.max(0, (long) left);
  }
}
