package io.streamforge.bench.throughput;

/** The job's rules of time with its default settings; microseconds. */
public final class TickTime {
  /** Between two ticks: {@code graph.interval}. */
  public static final long INTERVAL_US = 1_000_000;

  /** {@code source.max-lateness}. */
  public static final long MAX_LATENESS_US = 500_000;

  /** How long after a tick all that belongs to it has been received. */
  public static final long AVAILABLE_AFTER_US = 600_000;

  /** {@code instrument.idle-after}. */
  public static final long IDLE_AFTER_US = 300_000_000;

  /** {@code book.stale-after}. */
  public static final long STALE_AFTER_US = 60_000_000;

  private TickTime() {}

  /** The tick that publishes what happens at a time. */
  public static long tickAfter(long timeUs) {
    return tickUntil(timeUs) + INTERVAL_US;
  }

  /** The last tick that is not after a time. */
  public static long tickUntil(long timeUs) {
    return Math.floorDiv(timeUs, INTERVAL_US) * INTERVAL_US;
  }
}
