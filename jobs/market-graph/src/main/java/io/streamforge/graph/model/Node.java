package io.streamforge.graph.model;

import io.streamforge.book.BookStatus;
import io.streamforge.mid.MidChange;
import java.util.Arrays;
import java.util.List;

/**
 * What one instrument brings to a sample.
 *
 * @param id instrument, {@code venue:symbol}
 * @param book whether its book can be trusted as of the sample
 * @param mid mid price, NaN where there is none
 * @param logReturn grid log return of the sample, NaN where there is none
 * @param x features that stand in the graph, NaN where there is none; not copied
 * @param changes of the mid within the interval that ends at the sample, oldest first
 */
public record Node(
    String id, BookStatus book, double mid, double logReturn, float[] x, List<MidChange> changes) {

  /** The same node with one more feature. */
  public Node with(double feature) {
    float[] all = Arrays.copyOf(x, x.length + 1);
    all[x.length] = (float) feature + 0.0f; // −0.0 is 0.0
    return new Node(id, book, mid, logReturn, all, changes);
  }
}
