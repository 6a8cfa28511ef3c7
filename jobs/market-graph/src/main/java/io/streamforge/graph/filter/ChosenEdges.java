package io.streamforge.graph.filter;

import io.streamforge.market.Utf8Order;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;

/** The pairs that a filter kept, sorted, and which of them are edges of the spanning forest. */
public final class ChosenEdges {
  public static final ChosenEdges NONE = new ChosenEdges(new long[0], new BitSet());

  private final long[] pairs;
  private final BitSet inTree;

  public ChosenEdges(long[] pairs, BitSet inTree) {
    this.pairs = pairs;
    this.inTree = inTree;
  }

  /** All of {@code forest} and of {@code others}, both sorted. */
  static ChosenEdges union(long[] forest, long[] others) {
    long[] pairs =
        LongStream.concat(Arrays.stream(forest), Arrays.stream(others))
            .sorted()
            .distinct()
            .toArray();
    return of(pairs, forest);
  }

  /** {@code pairs}, some of which are of {@code forest}; both sorted. */
  static ChosenEdges of(long[] pairs, long[] forest) {
    BitSet inTree = new BitSet(pairs.length);
    for (int edge = 0; edge < pairs.length; edge++) {
      inTree.set(edge, Arrays.binarySearch(forest, pairs[edge]) >= 0);
    }
    return new ChosenEdges(pairs, inTree);
  }

  public int size() {
    return pairs.length;
  }

  public int source(int edge) {
    return Candidates.source(pairs[edge]);
  }

  public int target(int edge) {
    return Candidates.target(pairs[edge]);
  }

  /** Sorted; not to be written. */
  public long[] pairs() {
    return pairs;
  }

  public boolean inTree(int edge) {
    return inTree.get(edge);
  }

  /** Those between nodes that are still there: {@code places} has the new number of each. */
  public ChosenEdges renumbered(int[] places) {
    long[] moved = new long[pairs.length];
    BitSet movedInTree = new BitSet();
    int kept = 0;
    for (int edge = 0; edge < pairs.length; edge++) {
      int source = places[source(edge)];
      int target = places[target(edge)];
      if (source >= 0 && target >= 0) {
        movedInTree.set(kept, inTree.get(edge));
        moved[kept++] = Candidates.pair(source, target);
      }
    }
    return new ChosenEdges(Arrays.copyOf(moved, kept), movedInTree);
  }

  /** Where each of {@code before} stands in {@code now}, both sorted; −1 where it does not. */
  public static int[] places(List<String> before, List<String> now) {
    int[] places = new int[before.size()];
    int place = 0;
    for (int node = 0; node < places.length; node++) {
      String id = before.get(node);
      while (place < now.size() && Utf8Order.INSTANCE.compare(now.get(place), id) < 0) {
        place++;
      }
      places[node] = place < now.size() && now.get(place).equals(id) ? place : -1;
    }
    return places;
  }

  /**
   * Both directions of every edge, sorted by (source, target), each as 2 · edge, plus 1 where it
   * runs from target to source.
   */
  public int[] bothWays(int nodes) {
    int[] next = new int[nodes + 1];
    for (int edge = 0; edge < size(); edge++) {
      next[source(edge) + 1]++;
      next[target(edge) + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      next[node + 1] += next[node];
    }
    int[] directed = new int[2 * size()];
    for (int edge = 0; edge < size(); edge++) {
      directed[next[target(edge)]++] = 2 * edge + 1;
    }
    for (int edge = 0; edge < size(); edge++) {
      directed[next[source(edge)]++] = 2 * edge;
    }
    return directed;
  }
}
