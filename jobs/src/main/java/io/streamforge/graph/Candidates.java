package io.streamforge.graph;

/** Every pair of nodes, as a filter sees them. Nodes are numbered in the order of their ids. */
interface Candidates {

  /** Nodes. */
  int size();

  /**
   * |correlation_5m| of a node with each of the first {@code count} of {@code others}, which it is
   * not among; NaN where there is none.
   */
  void strengths(int node, int[] others, int count, double[] into);

  /** Whether the pair meets what an edge needs besides a strength; asked only where it matters. */
  boolean mayBeEdge(int i, int j);

  /** A pair as one number; the order of these numbers is (smaller id, larger id). */
  static long pair(int i, int j) {
    return (long) Math.min(i, j) << Integer.SIZE | Math.max(i, j);
  }

  /** The node of smaller id. */
  static int source(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  /** The node of larger id. */
  static int target(long pair) {
    return (int) pair;
  }
}
