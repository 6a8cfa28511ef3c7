package io.streamforge.graph;

import java.util.Arrays;

/**
 * The spanning forest of largest strength, by Prim's algorithm on the dense graph: one row of
 * strengths at a time, none kept. Pairs of equal strength rank by (smaller id, larger id), so that
 * the forest is unique.
 */
final class SpanningForest {
  private static final double NONE = -1;

  private final Candidates candidates;
  private final double[] row;
  private final double[] strength;
  private final int[] parent;
  private final int[] outside;

  private SpanningForest(Candidates candidates) {
    int size = candidates.size();
    this.candidates = candidates;
    this.row = new double[size];
    this.strength = new double[size];
    this.parent = new int[size];
    this.outside = new int[size];
    Arrays.fill(strength, NONE);
    Arrays.setAll(outside, node -> node);
  }

  /** The forest's pairs, sorted. */
  static long[] of(Candidates candidates) {
    return new SpanningForest(candidates).grow();
  }

  private long[] grow() {
    long[] pairs = new long[outside.length];
    int found = 0;
    int next = outside.length - 1;
    for (int left = outside.length; left > 0; left--) {
      int node = outside[next];
      if (strength[node] != NONE) {
        pairs[found++] = Candidates.pair(node, parent[node]);
      }
      outside[next] = outside[left - 1];
      next = relax(node, left - 1);
    }
    long[] forest = Arrays.copyOf(pairs, found);
    Arrays.sort(forest);
    return forest;
  }

  /** Offers the tree's new node to those outside; returns the place of the one to take next. */
  private int relax(int node, int left) {
    candidates.strengths(node, outside, left, row);
    int best = 0;
    for (int place = 0; place < left; place++) {
      int other = outside[place];
      if (precedes(row[place], node, strength[other], parent[other], other)
          && candidates.mayBeEdge(node, other)) {
        strength[other] = row[place];
        parent[other] = node;
      }
      if (precedes(other, outside[best])) {
        best = place;
      }
    }
    return best;
  }

  /** Whether {@code node}'s link to {@code other} ranks before {@code rival}'s; never for NaN. */
  private static boolean precedes(
      double offered, int node, double rivalStrength, int rival, int other) {
    return offered > rivalStrength
        || (offered == rivalStrength
            && Candidates.pair(node, other) < Candidates.pair(rival, other));
  }

  private boolean precedes(int a, int b) {
    return strength[a] > strength[b]
        || (strength[a] == strength[b]
            && Candidates.pair(a, parent[a]) < Candidates.pair(b, parent[b]));
  }
}
