package io.streamforge.market;

/**
 * The grid of ticks, multiples of an interval since the epoch: tick T publishes what happens in [T
 * − interval, T). Microseconds.
 */
public final class Ticks {
  private Ticks() {}

  /** The tick that publishes what happens at a time. */
  public static long after(long timeUs, long intervalUs) {
    return until(timeUs, intervalUs) + intervalUs;
  }

  /** The last tick that is not after a time. */
  public static long until(long timeUs, long intervalUs) {
    return Math.floorDiv(timeUs, intervalUs) * intervalUs;
  }
}
