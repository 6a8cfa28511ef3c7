package io.streamforge.cli.snapshot;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.streamforge.cli.snapshot.GraphMlWriter.Of;
import io.streamforge.record.GraphFeaturesRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/**
 * A graph as GraphML, for networkx, Gephi, igraph and JGraphT. A node's id is its instrument. A
 * pair of instruments has one edge without direction; what differs by direction stands there twice.
 * Gephi takes label, weight, place, size and colour from attributes of these names. A number that
 * does not exist is left out.
 */
final class GraphMl {
  /** Attributes that are not alike from source to target and back. */
  static final Set<String> DIRECTED = Set.of("beta_5m", "lead_ms", "lead_lag_asymmetry");

  /** What an attribute from target to source is called. */
  private static final String BACK = "_back";

  /** Of the square that nodes stand in. */
  private static final double SIDE = 1000;

  private static final int GREY = 0xc4c9d0;

  /** Source and target. */
  private record Pair(int source, int target) {
    @SuppressWarnings("ArgumentSelectionDefectChecker") // which is what it is for
    Pair reversed() {
      return new Pair(target, source);
    }
  }

  private final GraphFeaturesRecord graph;
  private final GraphLayout layout;
  private final VolatilityScale volatility;
  private final GraphMlWriter out;

  private GraphMl(GraphFeaturesRecord graph) throws XMLStreamException {
    this.graph = graph;
    this.layout = new GraphLayout(graph);
    this.volatility = VolatilityScale.of(graph);
    this.out = new GraphMlWriter();
  }

  static String of(GraphFeaturesRecord graph) {
    try {
      return new GraphMl(graph).write();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e); // memory is always there
    }
  }

  private String write() throws XMLStreamException {
    keys();
    Map<String, String> market = new LinkedHashMap<>();
    market.put("graph", graph.graph());
    market.put("time_us", Long.toString(graph.timeUs()));
    numbers(graph.marketNames(), graph.market(), market);
    out.undirected(market);
    for (int node = 0; node < graph.nodeIds().size(); node++) {
      out.node(graph.nodeIds().get(node), node(node));
    }
    Map<Pair, Integer> edges = new LinkedHashMap<>();
    for (int edge = 0; edge < graph.edges(); edge++) {
      edges.put(new Pair(graph.source(edge), graph.target(edge)), edge);
    }
    for (Map.Entry<Pair, Integer> edge : edges.entrySet()) {
      Pair pair = edge.getKey();
      Integer back = edges.get(pair.reversed());
      if (back == null || edge.getValue() < back) {
        String source = graph.nodeIds().get(pair.source());
        String target = graph.nodeIds().get(pair.target());
        out.edge(source, target, edge(source, target, edge.getValue(), back));
      }
    }
    return out.close();
  }

  private void keys() throws XMLStreamException {
    keys(Of.GRAPH, "string", List.of("graph"));
    keys(Of.GRAPH, "long", List.of("time_us"));
    keys(Of.GRAPH, "float", graph.marketNames());
    keys(Of.NODE, "string", List.of("label", "book"));
    keys(Of.NODE, "float", List.of("x", "y", "size"));
    keys(Of.NODE, "int", List.of("r", "g", "b"));
    keys(Of.NODE, "double", List.of("mid"));
    keys(Of.NODE, "float", graph.featureNames());
    keys(Of.EDGE, "float", List.of("weight"));
    keys(Of.EDGE, "int", List.of("r", "g", "b"));
    keys(Of.EDGE, "string", List.of("from", "to"));
    for (String name : graph.edgeAttributeNames()) {
      keys(Of.EDGE, "float", DIRECTED.contains(name) ? List.of(name, name + BACK) : List.of(name));
    }
  }

  private void keys(Of of, String type, List<String> names) throws XMLStreamException {
    for (String name : names) {
      out.key(of, name, type);
    }
  }

  private Map<String, String> node(int node) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("label", graph.nodeIds().get(node));
    data.put("book", graph.nodeBook().get(node));
    data.put("x", number(Math.rint(SIDE * (layout.x(node) - 0.5))));
    data.put("y", number(Math.rint(SIDE * (0.5 - layout.y(node))))); // Gephi's goes upwards
    data.put("size", number(GraphPicture.radius(graph)));
    Double value = graph.feature(node, VolatilityScale.FEATURE);
    boolean live = "live".equals(graph.nodeBook().get(node));
    colour(live && value != null ? rgb(volatility.colour(value)) : GREY, data);
    Double mid = graph.nodeMid().get(node);
    if (mid != null) {
      data.put("mid", number(mid));
    }
    numbers(graph.featureNames(), graph.x().get(node), data);
    return data;
  }

  /** The weight has no sign, which few programs know what to do with. */
  private Map<String, String> edge(String source, String target, int edge, Integer back) {
    Map<String, String> data = new LinkedHashMap<>();
    Double known = graph.attribute(edge, "correlation_5m");
    double correlation = known == null ? 0 : known;
    data.put("weight", number(Math.abs(correlation)));
    colour(rgb(Colours.diverging(correlation)), data);
    data.put("from", source);
    data.put("to", target);
    numbers(graph.edgeAttributeNames(), graph.edgeAttributes().get(edge), data);
    if (back != null) {
      Map<String, String> opposite = new HashMap<>();
      numbers(graph.edgeAttributeNames(), graph.edgeAttributes().get(back), opposite);
      for (String name : graph.edgeAttributeNames()) {
        if (DIRECTED.contains(name) && opposite.containsKey(name)) {
          data.put(name + BACK, opposite.get(name));
        }
      }
    }
    return data;
  }

  private static int rgb(String colour) {
    return Integer.parseInt(colour.substring(1), 16);
  }

  private static void colour(int rgb, Map<String, String> data) {
    data.put("r", Integer.toString(rgb >> 16));
    data.put("g", Integer.toString(rgb >> 8 & 0xff));
    data.put("b", Integer.toString(rgb & 0xff));
  }

  private static void numbers(List<String> names, List<Double> values, Map<String, String> data) {
    for (int i = 0; i < names.size(); i++) {
      if (values.get(i) != null) {
        data.put(names.get(i), number(values.get(i)));
      }
    }
  }

  // In one form on every JDK.
  private static String number(double value) {
    return NumberOutput.toString(value, true);
  }
}
