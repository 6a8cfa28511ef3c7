package io.streamforge.graph;

/** Which pairs become edges. What may not be an edge is left out first, whatever the filter. */
enum EdgeFilter {
  /** The spanning forest, and each node's strongest neighbours. */
  MST_KNN("mst+knn") {
    @Override
    ChosenEdges choose(Candidates candidates, int neighbours, long[] before) {
      LinkList nearest = NearestNeighbours.of(candidates, neighbours, before);
      return ChosenEdges.union(SpanningForest.of(candidates, nearest), nearest.sortedPairs());
    }
  };

  private final String text;

  EdgeFilter(String text) {
    this.text = text;
  }

  /** The value of the setting {@code graph.filter}. */
  String text() {
    return text;
  }

  /**
   * The edges.
   *
   * @param before pairs that were edges: the choice does not depend on them, only its speed
   */
  abstract ChosenEdges choose(Candidates candidates, int neighbours, long[] before);
}
