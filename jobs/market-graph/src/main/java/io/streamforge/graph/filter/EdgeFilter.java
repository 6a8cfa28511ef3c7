package io.streamforge.graph.filter;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Which pairs become edges. What may not be an edge is left out first, whatever the filter; the
 * forest asks less of its edges than neighbours have to have, so that it holds the market together.
 */
public enum EdgeFilter {
  /** The spanning forest, and each node's strongest neighbours that are not chance. */
  MST_KNN("mst+knn") {
    @Override
    public ChosenEdges choose(
        Candidates candidates, int neighbours, double threshold, long[] before) {
      LinkList nearest = nearest(candidates, neighbours, before);
      return ChosenEdges.union(SpanningForest.of(candidates, nearest), nearest.sortedPairs());
    }

    @Override
    public long maxEdges(long nodes, long neighbours) {
      return nodes * (neighbours + 1);
    }
  },

  /** The spanning forest. */
  MST("mst") {
    @Override
    public ChosenEdges choose(
        Candidates candidates, int neighbours, double threshold, long[] before) {
      long[] forest = forest(candidates, before);
      return ChosenEdges.of(forest, forest);
    }

    @Override
    public long maxEdges(long nodes, long neighbours) {
      return nodes;
    }
  },

  /** Each node's strongest neighbours that are not chance. */
  KNN("knn") {
    @Override
    public ChosenEdges choose(
        Candidates candidates, int neighbours, double threshold, long[] before) {
      LinkList nearest = nearest(candidates, neighbours, before);
      return ChosenEdges.of(nearest.sortedPairs(), SpanningForest.of(candidates, nearest));
    }

    @Override
    public long maxEdges(long nodes, long neighbours) {
      return nodes * neighbours;
    }
  },

  /** Every pair of at least a strength; the strongest ones, if these are too many. */
  THRESHOLD("threshold") {
    @Override
    public ChosenEdges choose(
        Candidates candidates, int neighbours, double threshold, long[] before) {
      return ChosenEdges.of(
          StrongestPairs.of(candidates, threshold, MAX_PAIRS), forest(candidates, before));
    }

    @Override
    public long maxEdges(long nodes, long neighbours) {
      return Math.min(pairs(nodes), MAX_PAIRS);
    }
  },

  /** Every pair. */
  ALL("all") {
    @Override
    public ChosenEdges choose(
        Candidates candidates, int neighbours, double threshold, long[] before) {
      return ChosenEdges.of(
          StrongestPairs.of(candidates, 0, (int) pairs(candidates.size())),
          forest(candidates, before));
    }

    @Override
    public long maxEdges(long nodes, long neighbours) {
      return pairs(nodes);
    }
  };

  /** Every pair of 500 nodes. */
  static final int MAX_PAIRS = 124_750;

  /** Neighbours with which a forest alone starts. */
  private static final int FEW = 2;

  private final String text;

  EdgeFilter(String text) {
    this.text = text;
  }

  /** The value of the setting {@code graph.filter}. */
  public String text() {
    return text;
  }

  /**
   * The filter of a value of the setting.
   *
   * @throws IllegalArgumentException if there is none, with a message that names the setting
   */
  public static EdgeFilter of(String text) {
    return Arrays.stream(values())
        .filter(filter -> filter.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "graph.filter is '%s', must be one of %s"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(EdgeFilter::text)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * The edges.
   *
   * @param neighbours of largest strength that a node keeps (mst+knn, knn)
   * @param threshold smallest strength (threshold)
   * @param before pairs that were edges: the choice does not depend on them, only its speed
   */
  public abstract ChosenEdges choose(
      Candidates candidates, int neighbours, double threshold, long[] before);

  /** Most edges, each counted once, that a graph of so many nodes may have. */
  public abstract long maxEdges(long nodes, long neighbours);

  private static long pairs(long nodes) {
    return nodes * (nodes - 1) / 2;
  }

  private static LinkList nearest(Candidates candidates, int neighbours, long[] before) {
    return NearestNeighbours.of(candidates, candidates::mayBeNeighbour, neighbours, before);
  }

  private static long[] forest(Candidates candidates, long[] before) {
    return SpanningForest.of(
        candidates, NearestNeighbours.of(candidates, candidates::mayBeInForest, FEW, before));
  }
}
