package io.streamforge.loader.out;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The time of receipt, microseconds since the epoch. It never runs backwards in a process. */
public final class ReceiveClock {
  private final LongSupplier wallUs;
  private final AtomicLong newest = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param wallUs microseconds since the epoch; may step
   */
  public ReceiveClock(LongSupplier wallUs) {
    this.wallUs = wallUs;
  }

  /** That of the machine. */
  public static ReceiveClock ofMachine() {
    return new ReceiveClock(
        () -> {
          Instant now = Instant.now();
          return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        });
  }

  /** Now, or the latest time that was told if that is later. */
  public long nowUs() {
    return newest.accumulateAndGet(wallUs.getAsLong(), Math::max);
  }
}
