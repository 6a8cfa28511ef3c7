package io.streamforge.testkit.generated;

import java.time.Duration;

/**
 * How large a {@link GeneratedMarket} is.
 *
 * @param instruments how many; the k-th busiest has 1/k of the first one's messages (Zipf, exponent
 *     1)
 * @param levels of a book, on each side
 * @param messages snapshots, deltas and trades of all instruments together
 * @param span event time from the first message to about the last
 * @param seed the same seed gives the same bytes
 */
public record MarketShape(int instruments, int levels, int messages, Duration span, long seed) {

  /** Checks it. */
  public MarketShape {
    if (instruments < 1 || levels < 2 || messages < instruments) {
      throw new IllegalArgumentException(
          "a market needs an instrument, two levels a side and a message an instrument");
    }
    if (span.toMillis() < 1) {
      throw new IllegalArgumentException("a market lasts longer than " + span);
    }
  }
}
