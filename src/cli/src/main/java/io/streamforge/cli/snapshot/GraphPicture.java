package io.streamforge.cli.snapshot;

import io.streamforge.record.GraphFeaturesRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;

/**
 * A graph as a picture in SVG that needs nothing else: nodes by volatility, edges by correlation,
 * the tree, books that are not live, and what all that means.
 */
final class GraphPicture {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 760;
  private static final int LEFT = 40;
  private static final int RIGHT = 150;
  private static final int TOP = 80;
  private static final int BOTTOM = 90;

  /** So many have room for lines and names of the usual size. */
  private static final int FEW = 25;

  private final GraphFeaturesRecord graph;
  private final GraphLayout layout;
  private final VolatilityScale volatility;
  private final boolean few;
  private final SvgWriter svg;

  private GraphPicture(GraphFeaturesRecord graph) throws XMLStreamException {
    this.graph = graph;
    this.layout = new GraphLayout(graph);
    this.volatility = VolatilityScale.of(graph);
    this.few = graph.nodeIds().size() <= FEW;
    this.svg = new SvgWriter(WIDTH, HEIGHT);
  }

  static String of(GraphFeaturesRecord graph) {
    try {
      return new GraphPicture(graph).draw();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private String draw() throws XMLStreamException {
    String time = Instant.EPOCH.plus(graph.timeUs(), ChronoUnit.MICROS).toString();
    svg.text(LEFT, 34, "title", graph.graph() + " at " + time);
    svg.text(LEFT, 56, "quiet", summary());
    for (int edge : weakestFirst()) {
      drawEdge(edge);
    }
    for (int node = 0; node < graph.nodeIds().size(); node++) {
      drawNode(node);
    }
    PictureLegend.draw(svg, LEFT, HEIGHT - 44, volatility);
    return svg.close();
  }

  private String summary() {
    long live = graph.nodeBook().stream().filter("live"::equals).count();
    return "%d symbols, %d of them with a live book; %d edges, of the correlation of 5 s returns over 5 min"
        .formatted(graph.nodeIds().size(), live, graph.edges() / 2);
  }

  /** Each edge once; the tree on top. */
  private List<Integer> weakestFirst() {
    return IntStream.range(0, graph.edges())
        .filter(edge -> graph.source(edge) < graph.target(edge) && correlation(edge) != null)
        .boxed()
        .sorted(
            Comparator.comparing(graph::isInTree)
                .thenComparingDouble(edge -> Math.abs(correlation(edge))))
        .toList();
  }

  private Double correlation(int edge) {
    return graph.attribute(edge, "correlation_5m");
  }

  private void drawEdge(int edge) throws XMLStreamException {
    int from = graph.source(edge);
    int to = graph.target(edge);
    svg.edge(
        x(from), y(from), x(to), y(to), correlation(edge), graph.isInTree(edge), few ? 1 : 0.5);
  }

  private void drawNode(int node) throws XMLStreamException {
    String id = graph.nodeIds().get(node);
    double radius = radius(graph);
    boolean live = "live".equals(graph.nodeBook().get(node));
    Double value = graph.feature(node, VolatilityScale.FEATURE);
    svg.node(x(node), y(node), radius, live, value == null ? null : volatility.colour(value));
    svg.text(
        x(node) + radius + 4,
        y(node) + (few ? 4 : 3),
        few ? "name" : "small",
        commonVenue() ? id.substring(id.indexOf(':') + 1) : id);
  }

  /** Of a node: less where there are many. */
  static double radius(GraphFeaturesRecord graph) {
    return graph.nodeIds().size() <= FEW ? 9 : 5;
  }

  private boolean commonVenue() {
    return graph.nodeIds().stream().map(id -> id.split(":", 2)[0]).distinct().count() == 1;
  }

  private double x(int node) {
    return LEFT + layout.x(node) * (WIDTH - LEFT - RIGHT);
  }

  private double y(int node) {
    return TOP + 20 + layout.y(node) * (HEIGHT - TOP - 20 - BOTTOM);
  }
}
