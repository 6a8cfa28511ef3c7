package io.streamforge.graph.filter;

import java.util.Arrays;

/** For each node its k strongest pairs; equal ones rank by (smaller id, larger id). */
final class NearestNeighbours implements Candidates.Visitor {
  private static final double NONE = -1;

  private final Rule rule;
  private final int limit;

  /** By node, what the last of its k has at least. */
  private final double[] floors;

  /** By node, k places in order of rank. */
  private final double[] strengths;

  private final int[] neighbours;

  /** What a pair needs besides a strength. */
  @FunctionalInterface
  interface Rule {
    boolean allows(int i, int j);
  }

  private NearestNeighbours(int size, Rule rule, int limit, double[] floors) {
    this.rule = rule;
    this.limit = limit;
    this.floors = floors;
    this.strengths = new double[size * limit];
    this.neighbours = new int[size * limit];
    Arrays.fill(strengths, NONE);
  }

  /**
   * The pairs that either end chose.
   *
   * @param rule what a pair needs; asked only where it matters
   * @param expected sorted pairs that are likely to be chosen: the better they are, the fewer
   *     others have to be ranked
   */
  static LinkList of(Candidates candidates, Rule rule, int limit, long[] expected) {
    // A node has no more neighbours than there are others, however many were asked for.
    int most = Math.max(1, Math.min(limit, candidates.size() - 1));
    double[] floors = floors(candidates, rule, most, expected);
    NearestNeighbours nearest = new NearestNeighbours(candidates.size(), rule, most, floors);
    candidates.visit(floors, nearest);
    return nearest.links();
  }

  /** By node, the strength of the last of its k among {@code expected}, if these are so many. */
  private static double[] floors(Candidates candidates, Rule rule, int limit, long[] expected) {
    double[] none = new double[candidates.size()];
    Arrays.fill(none, NONE);
    NearestNeighbours nearest = new NearestNeighbours(candidates.size(), rule, limit, none);
    for (long pair : expected) {
      int i = Candidates.source(pair);
      int j = Candidates.target(pair);
      double strength = candidates.strength(i, j);
      if (!Double.isNaN(strength)) {
        nearest.visit(i, j, strength);
      }
    }
    return nearest.floors;
  }

  @Override
  public void visit(int i, int j, double strength) {
    boolean forI = enters(i, j, strength);
    boolean forJ = enters(j, i, strength);
    if ((forI || forJ) && rule.allows(i, j)) {
      if (forI) {
        enter(i, j, strength);
      }
      if (forJ) {
        enter(j, i, strength);
      }
    }
  }

  private boolean enters(int node, int other, double strength) {
    return ranksBefore((node + 1) * limit - 1, other, strength);
  }

  /** Of one node's pairs those of equal strength are in order where the other ends are. */
  private boolean ranksBefore(int place, int other, double strength) {
    return strength > strengths[place]
        || (strength == strengths[place] && other < neighbours[place]);
  }

  private void enter(int node, int other, double strength) {
    int first = node * limit;
    int place = first + limit - 1;
    while (place > first && ranksBefore(place - 1, other, strength)) {
      strengths[place] = strengths[place - 1];
      neighbours[place] = neighbours[place - 1];
      place--;
    }
    strengths[place] = strength;
    neighbours[place] = other;
    floors[node] = Math.max(floors[node], strengths[first + limit - 1]);
  }

  private LinkList links() {
    LinkList links = new LinkList(neighbours.length);
    for (int place = 0; place < neighbours.length; place++) {
      int node = place / limit;
      if (strengths[place] != NONE && (node < neighbours[place] || !isMutual(place))) {
        links.add(Candidates.pair(node, neighbours[place]), strengths[place]);
      }
    }
    return links;
  }

  /** Whether the neighbour in a place chose the node too. */
  private boolean isMutual(int place) {
    int other = neighbours[place];
    for (int theirs = other * limit; theirs < (other + 1) * limit; theirs++) {
      if (strengths[theirs] != NONE && neighbours[theirs] == place / limit) {
        return true;
      }
    }
    return false;
  }
}
