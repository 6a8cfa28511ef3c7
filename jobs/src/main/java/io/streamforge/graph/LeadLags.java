package io.streamforge.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who leads whom, for the edges that the filter keeps. The sums of an edge follow the window while
 * the edge stands, and are made anew from the increments when it is new.
 */
final class LeadLags {
  private Map<Long, HayashiYoshida> sums = new HashMap<>();

  /** By edge, as of the tick after the last; {@code mids} are those of the nodes. */
  List<LeadLag> advance(ChosenEdges edges, MidHistory[] mids) {
    Map<Long, HayashiYoshida> before = sums;
    sums = new HashMap<>(2 * edges.size());
    List<LeadLag> leads = new ArrayList<>(edges.size());
    for (int edge = 0; edge < edges.size(); edge++) {
      MidHistory source = mids[edges.source(edge)];
      MidHistory target = mids[edges.target(edge)];
      long key = (long) source.number() << Integer.SIZE | target.number();
      HayashiYoshida own = before.get(key);
      if (own == null) {
        own = HayashiYoshida.of(source.increments(), target.increments());
      } else {
        own.update(source.increments(), target.increments());
      }
      sums.put(key, own);
      leads.add(LeadLag.of(source.increments(), target.increments(), own));
    }
    return leads;
  }
}
