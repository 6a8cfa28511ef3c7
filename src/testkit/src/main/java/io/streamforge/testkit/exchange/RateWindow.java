package io.streamforge.testkit.exchange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts what happened within the last while, by the wall clock. */
public final class RateWindow {
  private final int limit;
  private final long nanos;
  private final Deque<Long> times = new ArrayDeque<>();

  /** Of at most {@code limit} within that time. */
  public RateWindow(int limit, Duration length) {
    this.limit = limit;
    nanos = length.toNanos();
  }

  /** Counts one more; whether that is more than the limit. */
  public boolean exceededByOneMore() {
    long now = System.nanoTime();
    times.addLast(now);
    while (now - times.peekFirst() > nanos) {
      times.removeFirst();
    }
    return times.size() > limit;
  }
}
