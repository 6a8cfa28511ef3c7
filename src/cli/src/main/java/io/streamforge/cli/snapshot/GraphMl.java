package io.streamforge.cli.snapshot;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.streamforge.record.GraphFeaturesRecord;
import java.io.StringWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jgrapht.Graph;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.graphml.GraphMLExporter;
import org.jgrapht.nio.graphml.GraphMLExporter.AttributeCategory;

/**
 * A graph as GraphML, with every attribute and its type. Edges are directed, as in the record; a
 * number that does not exist is left out.
 */
final class GraphMl {
  private GraphMl() {}

  static String of(GraphFeaturesRecord graph) {
    Graph<Integer, Integer> nodes = new SimpleDirectedGraph<>(null, null, false);
    for (int node = 0; node < graph.nodeIds().size(); node++) {
      nodes.addVertex(node);
    }
    for (int edge = 0; edge < graph.edges(); edge++) {
      nodes.addEdge(graph.source(edge), graph.target(edge), edge);
    }
    GraphMLExporter<Integer, Integer> exporter = new GraphMLExporter<>(node -> "n" + node);
    register(exporter, AttributeCategory.NODE, AttributeType.STRING, List.of("id", "book"));
    register(exporter, AttributeCategory.NODE, AttributeType.DOUBLE, List.of("mid"));
    register(exporter, AttributeCategory.NODE, AttributeType.FLOAT, graph.featureNames());
    register(exporter, AttributeCategory.EDGE, AttributeType.FLOAT, graph.edgeAttributeNames());
    describe(exporter, "graph", XmlText.of(graph.graph()), AttributeType.STRING);
    describe(exporter, "time_us", Long.toString(graph.timeUs()), AttributeType.LONG);
    numbers(graph.marketNames(), graph.market())
        .forEach((name, value) -> describe(exporter, name, value.getValue(), AttributeType.FLOAT));
    exporter.setVertexAttributeProvider(node -> attributesOf(graph, node));
    exporter.setEdgeAttributeProvider(
        edge -> numbers(graph.edgeAttributeNames(), graph.edgeAttributes().get(edge)));
    StringWriter text = new StringWriter();
    exporter.exportGraph(nodes, text);
    return text.toString();
  }

  private static void register(
      GraphMLExporter<Integer, Integer> exporter,
      AttributeCategory of,
      AttributeType type,
      List<String> names) {
    names.forEach(name -> exporter.registerAttribute(name, of, type));
  }

  // The exporter writes no data of the graph as a whole: a default is one.
  private static void describe(
      GraphMLExporter<Integer, Integer> exporter, String name, String value, AttributeType type) {
    exporter.registerAttribute(name, AttributeCategory.GRAPH, type, value);
  }

  private static Map<String, Attribute> attributesOf(GraphFeaturesRecord graph, int node) {
    Map<String, Attribute> attributes = numbers(graph.featureNames(), graph.x().get(node));
    attributes.put("id", text(graph.nodeIds().get(node)));
    attributes.put("book", text(graph.nodeBook().get(node)));
    attributes.putAll(
        numbers(List.of("mid"), Collections.singletonList(graph.nodeMid().get(node))));
    return attributes;
  }

  private static Attribute text(String text) {
    return DefaultAttribute.createAttribute(XmlText.of(text));
  }

  // In one form on every JDK.
  private static Map<String, Attribute> numbers(List<String> names, List<Double> values) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (values.get(i) != null) {
        attributes.put(
            names.get(i),
            new DefaultAttribute<>(
                NumberOutput.toString(values.get(i), true), AttributeType.DOUBLE));
      }
    }
    return attributes;
  }
}
