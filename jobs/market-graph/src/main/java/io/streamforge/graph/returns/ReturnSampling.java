package io.streamforge.graph.returns;

import io.streamforge.graph.model.GraphSettings;

/**
 * Which returns stand for a long window: those over {@code returnSamples} samples, taken at the
 * multiples of {@code stepSamples}, the last {@code size} of them. Returns are numbered by the
 * step, from the epoch on.
 */
public record ReturnSampling(int returnSamples, int stepSamples, int size) {
  private static final long SECOND_US = 1_000_000;
  private static final long HOUR_US = 3_600 * SECOND_US;

  /** Overlapping 5 s returns, one a sample; one a second where samples are shorter. */
  public static ReturnSampling oneHour(GraphSettings settings) {
    int stepSamples = (int) Math.max(1, SECOND_US / settings.intervalUs());
    return new ReturnSampling(
        settings.returnSamples(),
        stepSamples,
        (int) (HOUR_US / (stepSamples * settings.intervalUs())));
  }

  /** Returns of 12 s, of 15 s where no whole number of samples is 12 s. */
  public static ReturnSampling oneDay(GraphSettings settings) {
    long binUs = (12 * SECOND_US % settings.intervalUs() == 0 ? 12 : 15) * SECOND_US;
    int samples = (int) (binUs / settings.intervalUs());
    return new ReturnSampling(samples, samples, (int) (24 * HOUR_US / binUs));
  }

  /** Number of the last return that may exist at a sample. */
  long newest(long sample) {
    return Math.floorDiv(sample, stepSamples);
  }

  /** Whether a return ends at a sample. */
  boolean isTakenAt(long sample) {
    return Math.floorMod(sample, stepSamples) == 0;
  }
}
