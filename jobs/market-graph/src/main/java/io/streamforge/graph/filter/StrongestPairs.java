package io.streamforge.graph.filter;

import java.util.Arrays;

/** Every pair of at least a strength; of too many, the strongest ones. */
final class StrongestPairs implements Candidates.Visitor {
  private final Candidates candidates;
  private final int limit;
  private final double[] floors;
  private LinkList links = new LinkList(1 << 10);

  private StrongestPairs(Candidates candidates, double threshold, int limit) {
    this.candidates = candidates;
    this.limit = limit;
    this.floors = new double[candidates.size()];
    Arrays.fill(floors, threshold);
  }

  /** At most {@code limit} pairs, sorted; equal ones rank by (smaller id, larger id). */
  static long[] of(Candidates candidates, double threshold, int limit) {
    StrongestPairs strongest = new StrongestPairs(candidates, threshold, limit);
    candidates.visit(strongest.floors, strongest);
    strongest.keepTheStrongest();
    return strongest.links.sortedPairs();
  }

  @Override
  public void visit(int i, int j, double strength) {
    if (strength >= floors[i] && candidates.mayBeEdge(i, j)) {
      links.add(Candidates.pair(i, j), strength);
      if (links.size() > 2 * limit) {
        keepTheStrongest();
      }
    }
  }

  private void keepTheStrongest() {
    if (links.size() > limit) {
      links = links.strongest(limit);
      Arrays.fill(floors, links.strength(limit - 1));
    }
  }
}
