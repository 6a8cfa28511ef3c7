package io.streamforge.time;

/**
 * How watermarks, which are milliseconds, complete samples, which are microseconds: a watermark of
 * W says that all that happened before W + 1 ms is here.
 */
public final class SampleSweep {
  /** The watermark at the end of a stream. */
  private static final long END_MS = Long.MAX_VALUE;

  private SampleSweep() {}

  /** Publishes what is complete. */
  @FunctionalInterface
  public interface Sweep<E extends Exception> {
    /**
     * All that happened before a time is here.
     *
     * @param completeUs microseconds since the epoch
     */
    void until(long completeUs) throws E;
  }

  /**
   * Sweeps until the time that a watermark completes. The watermark at the end of a stream
   * completes nothing: that the input ends does not say that its last interval is over.
   *
   * @throws E what the sweep throws
   */
  public static <E extends Exception> void at(long watermarkMs, Sweep<E> sweep) throws E {
    if (watermarkMs != END_MS) {
      sweep.until((watermarkMs + 1) * 1000);
    }
  }

  /** The watermark, in milliseconds, of a stream of which all before {@code completeUs} is here. */
  public static long watermarkMs(long completeUs) {
    return Math.floorDiv(completeUs, 1000L) - 1;
  }

  /**
   * The timestamp, in milliseconds, of a record that is published for a sample: that of the
   * watermark that completes the sample, so that one watermark closes every operator on its way.
   */
  public static long timestampMs(long sampleUs) {
    return watermarkMs(sampleUs);
  }
}
