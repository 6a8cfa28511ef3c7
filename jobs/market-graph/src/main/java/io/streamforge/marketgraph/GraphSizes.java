package io.streamforge.marketgraph;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.record.GraphSnapshot;
import org.apache.flink.metrics.MetricGroup;

/**
 * How large a subtask's graphs of the newest time are together, as gauges {@code graph_nodes} and
 * so on: a graph that comes in time may still say nothing.
 */
final class GraphSizes {
  private static final Sizes NONE = new Sizes(Long.MIN_VALUE, 0, 0, 0, 0);

  private Sizes counting = NONE;
  private volatile Sizes shown = NONE;

  private record Sizes(long timeUs, long nodes, long liveNodes, long edges, long refused) {}

  GraphSizes(MetricGroup metrics) {
    metrics.gauge("graph_nodes", () -> shown.nodes);
    metrics.gauge("graph_live_nodes", () -> shown.liveNodes);
    metrics.gauge("graph_edges", () -> shown.edges);
    metrics.gauge("graph_nodes_refused", () -> shown.refused);
  }

  /** A graph comes out; times do not run backwards. */
  void count(GraphSnapshot graph) {
    Sizes before = graph.timeUs() == counting.timeUs ? counting : NONE;
    long live = graph.nodes().stream().filter(node -> node.book() == BookStatus.LIVE).count();
    counting =
        new Sizes(
            graph.timeUs(),
            before.nodes + graph.nodes().size(),
            before.liveNodes + live,
            before.edges + graph.source().length / 2, // each stands there both ways
            before.refused + graph.nodesLeftOut());
  }

  /** All graphs of the time are out. */
  void show() {
    shown = counting;
  }
}
