package io.streamforge.graph.record;

import io.streamforge.book.BookStatus;
import io.streamforge.catalogue.Feature;
import io.streamforge.graph.model.Node;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The numbers of a whole graph, in the order of the records. */
public enum GraphAttribute implements Feature {
  /** Share of nodes with a book that can be trusted. */
  LIVE_SHARE(
      market ->
          (double) market.nodes().stream().filter(node -> node.book() == BookStatus.LIVE).count()
              / market.nodes().size(),
      new Description(
          "live_share", "0…1", "T", "nodes with a live book / nodes", "", "no node", false)),
  /** How strongly the market moves together, by its edges. */
  MEAN_ABS_CORRELATION(
      market -> meanAbsCorrelation(market.edges(), edge -> true),
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
      market -> meanAbsCorrelation(market.edges(), Edge::inTree),
      new Description(
          "tree_mean_abs_correlation",
          "0…1",
          "5m",
          "mean of |correlation_5m| over the edges of the tree",
          "",
          "no edge of the tree with a correlation",
          false)),
  /** How much of the market is one factor. */
  FIRST_EIGENVALUE_SHARE(
      Market::firstEigenvalueShare,
      new Description(
          "first_eigenvalue_share",
          "0…1",
          "5m",
          "largest eigenvalue of the matrix of correlation_5m / its size: nodes with a variance and graph.min-observations"
              + " alone, 0 for pairs without a correlation; power iteration until a step changes it by less than 10⁻⁹"
              + " of itself, at most 100 steps",
          "Laloux et al. 1999",
          "fewer than 2 such nodes, or more than 1000 nodes",
          false));

  private final ToDoubleFunction<Market> formula;
  private final Description description;

  GraphAttribute(ToDoubleFunction<Market> formula, Description description) {
    this.formula = formula;
    this.description = description;
  }

  @Override
  public Description description() {
    return description;
  }

  /** What they are made from: edges once each, in order. */
  public record Market(List<Node> nodes, List<Edge> edges, double firstEigenvalueShare) {}

  /** Every attribute of a graph, NaN where it is not defined. */
  static float[] all(Market market) {
    GraphAttribute[] attributes = values();
    float[] values = new float[attributes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) attributes[i].formula.applyAsDouble(market);
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
