package io.streamforge.loader.feed;

import java.time.Duration;

/**
 * A bucket of tokens that fills evenly. It begins empty, so that a process that is started again
 * and again stays within its budget.
 */
final class RateLimit {
  private final double perNano;
  private final double capacity;
  private double tokens;
  private long filledNanos;

  /**
   * @param every the time in which a token comes
   * @param capacity the most tokens that are kept
   */
  RateLimit(Duration every, double capacity, long nowNanos) {
    this.perNano = 1.0 / every.toNanos();
    this.capacity = capacity;
    this.filledNanos = nowNanos;
  }

  /**
   * Takes tokens if they are there.
   *
   * @return 0 if they were taken, else the nanoseconds until they will be there
   */
  long take(double wanted, long nowNanos) {
    fill(nowNanos);
    if (tokens >= wanted) {
      tokens -= wanted;
      return 0;
    }
    return (long) Math.ceil((wanted - tokens) / perNano);
  }

  /** Whether so many tokens are there. */
  boolean has(double wanted, long nowNanos) {
    fill(nowNanos);
    return tokens >= wanted;
  }

  /** Says that nothing has been used yet. */
  void fillUp() {
    tokens = capacity;
  }

  /** Says that no more than this is left. */
  void atMost(double left, long nowNanos) {
    fill(nowNanos);
    tokens = Math.min(tokens, Math.max(left, 0));
  }

  /** The share of the capacity that is used, 0 to 1. */
  double used(long nowNanos) {
    fill(nowNanos);
    return 1 - tokens / capacity;
  }

  private void fill(long nowNanos) {
    tokens = Math.min(capacity, tokens + (nowNanos - filledNanos) * perNano);
    filledNanos = nowNanos;
  }
}
