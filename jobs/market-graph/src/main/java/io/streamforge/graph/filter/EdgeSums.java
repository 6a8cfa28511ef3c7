package io.streamforge.graph.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is summed up for each edge for as long as the edge stands. */
public final class EdgeSums<T> {
  private ChosenEdges edges = ChosenEdges.NONE;
  private List<T> sums = List.of();

  /**
   * Goes on to the edges of the next sample: those that stood keep what they have, new ones have
   * nothing.
   *
   * @param places by node of the last sample, its number now; −1 where it left
   */
  public void follow(ChosenEdges now, int[] places) {
    List<T> kept = new ArrayList<>(Collections.nCopies(now.size(), null));
    int edge = 0;
    for (int before = 0; before < edges.size(); before++) {
      int source = places[edges.source(before)];
      int target = places[edges.target(before)];
      if (source >= 0 && target >= 0) {
        long pair = Candidates.pair(source, target); // nodes stay in order, so pairs do
        while (edge < now.size() && now.pairs()[edge] < pair) {
          edge++;
        }
        if (edge < now.size() && now.pairs()[edge] == pair) {
          kept.set(edge, sums.get(before));
        }
      }
    }
    edges = now;
    sums = kept;
  }

  /** Forgets all edges. */
  public void clear() {
    edges = ChosenEdges.NONE;
    sums = List.of();
  }

  /** Null where the edge is new. */
  public T get(int edge) {
    return sums.get(edge);
  }

  public void set(int edge, T own) {
    sums.set(edge, own);
  }
}
