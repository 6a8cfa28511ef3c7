package io.streamforge.bench.throughput;

import java.time.Duration;

/**
 * What one contestant gave in one round.
 *
 * @param right whether the answer was the reference's; a wrong one has no times
 * @param cpuSeconds processor time of the whole process
 */
public record Measurement(boolean right, double cpuSeconds, double wallSeconds) {
  static final Measurement WRONG = new Measurement(false, Double.NaN, Double.NaN);

  @Override
  public String toString() {
    return right ? "%.2f s of CPU in %.2f s".formatted(cpuSeconds, wallSeconds) : "wrong answer";
  }

  static Measurement right(Duration cpu, long wallNs) {
    return new Measurement(true, cpu.toMillis() / 1e3, wallNs / 1e9);
  }
}
