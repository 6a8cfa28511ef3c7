package io.streamforge.graph.filter;

/** Every pair of nodes, as a filter sees them. Nodes are numbered in the order of their ids. */
public interface Candidates {

  /** Told of pairs; what it makes of them may not depend on their order. */
  interface Visitor {

    /** A pair of strength {@code strength}, which may not be an edge for other reasons. */
    void visit(int i, int j, double strength);
  }

  /** Nodes. */
  int size();

  /** |correlation_5m| of a pair; NaN where there is none. */
  double strength(int i, int j);

  /**
   * Visits, each once and in any order, at least the pairs whose strength, |correlation_5m|, is not
   * below both its nodes' floors; no pair without a strength. The visitor may raise floors.
   */
  void visit(double[] floors, Visitor visitor);

  // Whether a pair meets what is needed besides a strength; asked only where it matters.

  /** What an edge of the spanning forest needs: observations and moves. */
  boolean mayBeInForest(int i, int j);

  /** What a neighbour needs: also a t that chance gives one of a node's pairs, if any. */
  boolean mayBeNeighbour(int i, int j);

  /** What an edge needs that is chosen for its strength alone: also {@code graph.min-t}. */
  boolean mayBeEdge(int i, int j);

  /** Whether a pair ranks before another: by strength, then by (smaller id, larger id). */
  static boolean precedes(double strength, long pair, double rivalStrength, long rival) {
    return strength > rivalStrength || (strength == rivalStrength && pair < rival);
  }

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
