package io.streamforge.graph;

import io.streamforge.graph.returns.SampleRing;
import java.util.Arrays;

/**
 * Sum and number of all nodes' 5 s returns, by the positions of a {@link SampleRing} of the same
 * span: the market that a node's beta is measured against. Exact, so that the rest is what a sum
 * less one's own says.
 */
final class MarketReturns {
  private static final int MIN_OBSERVATIONS = 30;

  private final long[] sums;
  private final int[] counts;

  MarketReturns(int span) {
    int positions = new SampleRing(span).positions();
    this.sums = new long[positions];
    this.counts = new int[positions];
  }

  /** Takes the returns of a sample from the windows of its nodes. */
  void put(long sample, SampleRing[] nodes) {
    if (nodes.length > 0) {
      int slot = nodes[0].slot(sample);
      sums[slot] = 0;
      counts[slot] = 0;
      for (SampleRing node : nodes) {
        add(slot, node);
      }
    }
  }

  /** Makes all of it anew from the windows of all symbols. */
  void rebuild(Iterable<SampleRing> windows) {
    Arrays.fill(sums, 0);
    Arrays.fill(counts, 0);
    for (SampleRing window : windows) {
      for (int slot = 0; slot < sums.length; slot++) {
        add(slot, window);
      }
    }
  }

  /** Takes the returns of a symbol away that is forgotten. */
  void remove(SampleRing forgotten) {
    for (int slot = 0; slot < sums.length; slot++) {
      if (forgotten.has(slot)) {
        sums[slot] -= forgotten.at(slot);
        counts[slot]--;
      }
    }
  }

  private void add(int slot, SampleRing window) {
    if (window.has(slot)) {
      sums[slot] += window.at(slot);
      counts[slot]++;
    }
  }

  /**
   * Σ y m / Σ m² over the window that ends at {@code sample}, m = the mean return of the other
   * nodes that have one; summed oldest to newest.
   */
  double betaOf(SampleRing own, long sample) {
    int observations = 0;
    double products = 0;
    double squares = 0;
    int slot = own.slot(sample);
    for (int left = sums.length; left > 0; left--) {
      slot = slot + 1 == sums.length ? 0 : slot + 1;
      if (own.has(slot) && counts[slot] > 1) {
        double mean = (double) (sums[slot] - own.at(slot)) / (counts[slot] - 1);
        products += own.at(slot) * mean;
        squares += mean * mean;
        observations++;
      }
    }
    return observations < MIN_OBSERVATIONS ? Double.NaN : products / squares; // 0/0 is NaN
  }
}
