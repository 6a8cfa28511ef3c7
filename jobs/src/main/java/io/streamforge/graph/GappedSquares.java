package io.streamforge.graph;

/**
 * One window's Σ of squares, ready to be had over the ticks in which another window has values too:
 * the same as {@link TickRing#squaresAlongside}, for all pairs of a graph.
 */
final class GappedSquares {
  private final long[] cumulative;
  private final int[] gaps;

  GappedSquares(TickRing window) {
    this.cumulative = window.cumulativeSquares();
    this.gaps = window.gaps();
  }

  double alongside(GappedSquares other) {
    long sum = cumulative[cumulative.length - 1];
    int[] holes = other.gaps;
    for (int hole = 0; hole < holes.length; hole += 2) {
      sum -= cumulative[holes[hole + 1]] - cumulative[holes[hole]];
    }
    return sum;
  }
}
