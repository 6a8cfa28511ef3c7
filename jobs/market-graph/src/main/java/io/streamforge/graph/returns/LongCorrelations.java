package io.streamforge.graph.returns;

import io.streamforge.graph.filter.ChosenEdges;
import io.streamforge.graph.filter.EdgeSums;
import java.util.function.Predicate;

/** The edges' correlations over one long window, of which half must exist. */
public final class LongCorrelations {
  private final ReturnSampling sampling;
  private final SampledReturns returns;
  private final EdgeSums<RollingMoments> sums = new EdgeSums<>();

  /** Number of the newest return in the sums. */
  private long newest;

  public LongCorrelations(ReturnSampling sampling) {
    this.sampling = sampling;
    this.returns = new SampledReturns(sampling);
  }

  /**
   * Goes on to the edges of a sample.
   *
   * @param places as {@link EdgeSums#follow} has them
   * @param known the symbols whose returns are kept, the nodes among them
   */
  public void advance(
      long sample,
      ReturnHistory[] nodes,
      ChosenEdges edges,
      int[] places,
      Predicate<String> known) {
    long next = sampling.newest(sample);
    if (next > newest + 1) {
      sums.clear(); // a silence of the whole market
    }
    sums.follow(edges, places);
    if (next == newest + 1) {
      int[] leaving = returns.of(nodes, next - sampling.size());
      returns.advance(sample, nodes, known);
      move(edges, leaving, returns.of(nodes, next));
    } else {
      returns.advance(sample, nodes, known);
    }
    newest = next;
    sumUpNew(nodes, edges);
  }

  private void move(ChosenEdges edges, int[] leaving, int[] entering) {
    for (int edge = 0; edge < edges.size(); edge++) {
      RollingMoments own = sums.get(edge);
      if (own != null) {
        int source = edges.source(edge);
        int target = edges.target(edge);
        own.leave(leaving[source], leaving[target]);
        own.enter(entering[source], entering[target]);
      }
    }
  }

  private void sumUpNew(ReturnHistory[] nodes, ChosenEdges edges) {
    for (int edge = 0; edge < edges.size(); edge++) {
      if (sums.get(edge) == null) {
        SampleRing source = returns.of(nodes[edges.source(edge)]);
        SampleRing target = returns.of(nodes[edges.target(edge)]);
        sums.set(edge, RollingMoments.of(source, target));
      }
    }
  }

  /** That of an edge; NaN where fewer than half of the window's returns exist at both ends. */
  public double of(int edge) {
    RollingMoments own = sums.get(edge);
    return 2 * own.observations() < sampling.size() ? Double.NaN : own.correlation();
  }

  /** What is saved. */
  public SampledReturns returns() {
    return returns;
  }
}
