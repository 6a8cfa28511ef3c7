package io.streamforge.graph;

import io.streamforge.book.BookStatus;
import io.streamforge.catalogue.Feature;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;

/** The numbers of a whole graph, in the order of the records. */
public enum GraphAttribute implements Feature {
  /** Share of nodes with a book that can be trusted. */
  LIVE_SHARE(
      (nodes, edges) ->
          (double) nodes.stream().filter(node -> node.book() == BookStatus.LIVE).count()
              / nodes.size(),
      new Description(
          "live_share", "0…1", "T", "nodes with a live book / nodes", "", "no node", false)),
  /** How strongly the market moves together, by its edges. */
  MEAN_ABS_CORRELATION(
      (nodes, edges) -> meanAbsCorrelation(edges, edge -> true),
      new Description(
          "mean_abs_correlation",
          "0…1",
          "5m",
          "mean of |correlation_5m| over the edges",
          "",
          "no edge with a correlation",
          false)),
  /** How strongly the market moves together, by its tree. */
  TREE_MEAN_ABS_CORRELATION(
      (nodes, edges) -> meanAbsCorrelation(edges, Edge::inTree),
      new Description(
          "tree_mean_abs_correlation",
          "0…1",
          "5m",
          "mean of |correlation_5m| over the edges of the tree",
          "",
          "no edge of the tree with a correlation",
          false));

  private final ToDoubleBiFunction<List<Node>, List<Edge>> formula;
  private final Description description;

  GraphAttribute(ToDoubleBiFunction<List<Node>, List<Edge>> formula, Description description) {
    this.formula = formula;
    this.description = description;
  }

  @Override
  public Description description() {
    return description;
  }

  /** Every attribute of a graph, NaN where it is not defined; edges once each, in order. */
  static float[] all(List<Node> nodes, List<Edge> edges) {
    GraphAttribute[] attributes = values();
    float[] values = new float[attributes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) attributes[i].formula.applyAsDouble(nodes, edges);
    }
    return values;
  }

  private static double meanAbsCorrelation(List<Edge> edges, Predicate<Edge> which) {
    double sum = 0;
    int count = 0;
    for (Edge edge : edges) {
      double correlation = Math.abs(edge.returns().correlation());
      if (which.test(edge) && !Double.isNaN(correlation)) {
        sum += correlation;
        count++;
      }
    }
    return sum / count;
  }
}
