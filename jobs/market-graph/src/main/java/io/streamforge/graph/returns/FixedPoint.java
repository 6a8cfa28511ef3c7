package io.streamforge.graph.returns;

/**
 * Returns as integers of 10⁻⁸, clamped to ±2²⁵ so that the products of a whole window sum without
 * overflow; counts the clamps.
 */
public final class FixedPoint {
  public static final int LIMIT = 1 << 25;
  private static final double SCALE = 1e8;

  private long clamps;

  public int of(double logReturn) {
    return clamp(Math.rint(logReturn * SCALE));
  }

  /** A sum of whole numbers, which a double holds exactly. */
  int clamp(double fixed) {
    if (Math.abs(fixed) > LIMIT) {
      clamps++;
      return fixed > 0 ? LIMIT : -LIMIT;
    }
    return (int) fixed;
  }

  /** Clamps since the start or the last reset. */
  public long clamps() {
    return clamps;
  }

  void reset() {
    clamps = 0;
  }
}
