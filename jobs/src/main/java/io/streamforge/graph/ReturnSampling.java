package io.streamforge.graph;

/**
 * Which returns stand for a long window: those over {@code returnTicks} ticks, taken at the
 * multiples of {@code stepTicks}, the last {@code size} of them. Returns are numbered by the step,
 * from the epoch on. A window is longer than a page, so that a symbol that has left one comes back
 * to other pages.
 */
record ReturnSampling(int returnTicks, int stepTicks, int size) {
  private static final long SECOND_US = 1_000_000;
  private static final long HOUR_US = 3_600 * SECOND_US;

  /** Overlapping 5 s returns, one a tick; one a second where ticks are shorter. */
  static ReturnSampling oneHour(GraphSettings settings) {
    int stepTicks = (int) Math.max(1, SECOND_US / settings.intervalUs());
    return new ReturnSampling(
        settings.returnTicks(), stepTicks, (int) (HOUR_US / (stepTicks * settings.intervalUs())));
  }

  /** Returns of 12 s, of 15 s where no whole number of ticks is 12 s. */
  static ReturnSampling oneDay(GraphSettings settings) {
    long binUs = (12 * SECOND_US % settings.intervalUs() == 0 ? 12 : 15) * SECOND_US;
    int ticks = (int) (binUs / settings.intervalUs());
    return new ReturnSampling(ticks, ticks, (int) (24 * HOUR_US / binUs));
  }

  /** Number of the last return that may exist at a tick. */
  long newest(long tick) {
    return Math.floorDiv(tick, stepTicks);
  }

  /** Whether a return ends at a tick. */
  boolean isTakenAt(long tick) {
    return Math.floorMod(tick, stepTicks) == 0;
  }
}
