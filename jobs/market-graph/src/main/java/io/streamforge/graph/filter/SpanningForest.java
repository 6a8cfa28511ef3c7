package io.streamforge.graph.filter;

import java.util.Arrays;

/**
 * The spanning forest of largest strength. Pairs of equal strength rank by (smaller id, larger id),
 * so that the forest is unique. It starts as the forest of a few links; all others are seen once,
 * and of them only those that are stronger than a way that the forest of the links so far already
 * has between their ends.
 */
final class SpanningForest implements Candidates.Visitor {
  private static final int LINKS_A_NODE = 8;
  private static final double NONE = -1;

  private final Candidates candidates;
  private final double[] floors;
  private final int[] component;
  private final int[] best;
  private LinkList links;

  private SpanningForest(Candidates candidates, LinkList links) {
    int size = candidates.size();
    this.candidates = candidates;
    this.floors = new double[size];
    this.component = new int[size];
    this.best = new int[size];
    this.links = links.copy();
  }

  /**
   * The forest's pairs, sorted.
   *
   * @param known any pairs that may be in it; the stronger, the fewer others have to be looked at
   */
  static long[] of(Candidates candidates, LinkList known) {
    SpanningForest forest = new SpanningForest(candidates, known);
    forest.reduce();
    candidates.visit(forest.floors, forest);
    forest.reduce();
    return forest.links.sortedPairs();
  }

  @Override
  public void visit(int i, int j, double strength) {
    if (!candidates.mayBeInForest(i, j)) {
      return;
    }
    links.add(Candidates.pair(i, j), strength);
    if (links.size() > 1 + LINKS_A_NODE * candidates.size()) {
      reduce();
    }
  }

  /** Keeps the forest of the links alone, by Borůvka's algorithm, and says what it has. */
  private void reduce() {
    LinkList forest = new LinkList(candidates.size());
    Arrays.setAll(component, node -> node);
    while (findBest()) {
      join(forest);
      for (int node = 0; node < component.length; node++) {
        component[node] = root(node);
      }
    }
    links = forest;
    raiseFloors();
  }

  /** Finds each component's best link to another; drops links within one. */
  private boolean findBest() {
    Arrays.fill(best, -1);
    int kept = 0;
    for (int link = 0; link < links.size(); link++) {
      long pair = links.pair(link);
      int a = component[Candidates.source(pair)];
      int b = component[Candidates.target(pair)];
      if (a != b) {
        links.move(link, kept);
        best[a] = ranksFirst(kept, a) ? kept : best[a];
        best[b] = ranksFirst(kept, b) ? kept : best[b];
        kept++;
      }
    }
    links.truncate(kept);
    return kept > 0;
  }

  private boolean ranksFirst(int link, int of) {
    return best[of] < 0
        || Candidates.precedes(
            links.strength(link), links.pair(link), links.strength(best[of]), links.pair(best[of]));
  }

  private void join(LinkList forest) {
    for (int link : best) {
      if (link >= 0) {
        long pair = links.pair(link);
        int a = root(Candidates.source(pair));
        int b = root(Candidates.target(pair));
        if (a != b) { // else both ends chose it
          component[a] = b;
          forest.add(pair, links.strength(link));
        }
      }
    }
  }

  private int root(int node) {
    int at = node;
    while (component[at] != at) {
      component[at] = component[component[at]];
      at = component[at];
    }
    return at;
  }

  /**
   * A node's floor is the weakest link on its way to one node in the middle of the largest tree, so
   * that between any two nodes there is a way as strong as the lower of their floors. Nodes of
   * other trees have none.
   */
  private void raiseFloors() {
    Arrays.fill(floors, NONE);
    int middle = middle();
    if (middle < 0) {
      return;
    }
    ForestWays ways = new ForestWays(links, candidates.size());
    floors[middle] = Double.POSITIVE_INFINITY;
    ways.weakestLinks(middle, floors);
  }

  /** An end of the strongest link of the largest tree; −1 without links. */
  private int middle() {
    int[] sizes = new int[component.length];
    int largest = 0;
    for (int node = 0; node < component.length; node++) {
      sizes[component[node]]++;
      largest = Math.max(largest, sizes[component[node]]);
    }
    int strongest = -1;
    for (int link = 0; link < links.size(); link++) {
      if (sizes[component[Candidates.source(links.pair(link))]] == largest
          && (strongest < 0 || links.strength(link) > links.strength(strongest))) {
        strongest = link;
      }
    }
    return strongest < 0 ? -1 : Candidates.source(links.pair(strongest));
  }
}
