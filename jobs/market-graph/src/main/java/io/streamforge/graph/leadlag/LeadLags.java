package io.streamforge.graph.leadlag;

import io.streamforge.graph.filter.ChosenEdges;
import io.streamforge.graph.filter.EdgeSums;
import java.util.ArrayList;
import java.util.List;

/**
 * Who leads whom, for the edges that the filter keeps. The sums of an edge follow the window while
 * the edge stands, and are made anew from the increments when it is new.
 */
public final class LeadLags {
  private final EdgeSums<HayashiYoshida> sums = new EdgeSums<>();

  /** By edge, as of the sample after the last; {@code mids} are those of the nodes. */
  public List<LeadLag> advance(ChosenEdges edges, int[] places, MidHistory[] mids) {
    sums.follow(edges, places);
    List<LeadLag> leads = new ArrayList<>(edges.size());
    for (int edge = 0; edge < edges.size(); edge++) {
      MidIncrements source = mids[edges.source(edge)].increments();
      MidIncrements target = mids[edges.target(edge)].increments();
      HayashiYoshida own = sums.get(edge);
      if (own == null) {
        own = HayashiYoshida.of(source, target);
        sums.set(edge, own);
      } else {
        own.update(source, target);
      }
      leads.add(LeadLag.of(source, target, own));
    }
    return leads;
  }
}
