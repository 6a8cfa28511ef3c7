package io.streamforge.time;

/**
 * The grid of samples, multiples of an interval since the epoch: sample T publishes what happens in
 * [T − interval, T). Microseconds.
 */
public final class SampleGrid {
  private SampleGrid() {}

  /** The sample that publishes what happens at a time. */
  public static long after(long timeUs, long intervalUs) {
    return until(timeUs, intervalUs) + intervalUs;
  }

  /** The last sample that is not after a time. */
  public static long until(long timeUs, long intervalUs) {
    return Math.floorDiv(timeUs, intervalUs) * intervalUs;
  }
}
