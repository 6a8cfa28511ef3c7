package io.streamforge.bench.load;

/** The job's rules of time with its default settings; microseconds. */
public final class SampleTime {
  /** Between two samples: {@code graph.interval}. */
  public static final long INTERVAL_US = 1_000_000;

  /** {@code source.max-lateness}. */
  public static final long MAX_LATENESS_US = 500_000;

  /** How long after a sample all that belongs to it has been received. */
  public static final long AVAILABLE_AFTER_US = 600_000;

  /** {@code instrument.idle-after}. */
  public static final long IDLE_AFTER_US = 300_000_000;

  /** {@code book.stale-after}. */
  public static final long STALE_AFTER_US = 60_000_000;

  private SampleTime() {}

  /** The sample that publishes what happens at a time. */
  public static long sampleAfter(long timeUs) {
    return sampleUntil(timeUs) + INTERVAL_US;
  }

  /** The last sample that is not after a time. */
  public static long sampleUntil(long timeUs) {
    return Math.floorDiv(timeUs, INTERVAL_US) * INTERVAL_US;
  }
}
