package io.streamforge.graph.record;

import io.streamforge.catalogue.Feature;
import io.streamforge.graph.model.Node;
import io.streamforge.record.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Writes snapshots as records {@code graph-features/1}. Not thread-safe. */
public final class GraphJson {
  private static final List<String> EDGE_NAMES = names(EdgeAttribute.values());
  private static final List<String> MARKET_NAMES = names(MarketFeature.values());
  private static final List<String> U_NAMES = names(GraphAttribute.values());

  private final List<String> xNames;
  private final String featureSet;
  private final CanonicalJson json = new CanonicalJson();

  /** Records whose nodes bring the features {@code xNames}, in that order. */
  public GraphJson(List<String> xNames) {
    this.xNames = Stream.concat(xNames.stream(), MARKET_NAMES.stream()).toList();
    this.featureSet = featureSet(this.xNames, EDGE_NAMES);
  }

  /** The record's bytes. */
  public byte[] write(GraphSnapshot graph) {
    graph.nodes().forEach(this::check);
    json.startObject();
    json.name("schema").string("graph-features/1");
    json.name("graph").string(graph.graph());
    json.name("time_us").number(graph.timeUs());
    json.name("interval_us").number(graph.intervalUs());
    json.name("feature_set").string(featureSet);
    writeNodes(graph);
    writeEdges(graph);
    strings("u_names", U_NAMES);
    json.name("u");
    floats(graph.u());
    json.endObject();
    return json.toBytes();
  }

  private void writeNodes(GraphSnapshot graph) {
    List<Node> nodes = graph.nodes();
    json.name("num_nodes").number(nodes.size());
    strings("node_ids", nodes.stream().map(Node::id).toList());
    strings("node_book", nodes.stream().map(node -> node.book().text()).toList());
    json.name("node_mid").startArray();
    nodes.forEach(node -> json.number(node.mid()));
    json.endArray();
    json.name("available_us").number(graph.availableUs());
    strings("feature_names", xNames);
    json.name("x").startArray();
    nodes.forEach(node -> floats(node.x()));
    json.endArray();
  }

  private void check(Node node) {
    if (node.x().length != xNames.size()) {
      throw new IllegalArgumentException(
          node.id() + " has " + node.x().length + " features, not " + xNames.size());
    }
  }

  private void writeEdges(GraphSnapshot graph) {
    json.name("num_edges").number(graph.source().length);
    json.name("edge_index").startArray();
    integers(graph.source());
    integers(graph.target());
    json.endArray();
    strings("edge_attr_names", EDGE_NAMES);
    json.name("edge_attr").startArray();
    for (float[] attributes : graph.edgeAttributes()) {
      floats(attributes);
    }
    json.endArray();
  }

  private void strings(String name, List<String> values) {
    json.name(name).startArray();
    values.forEach(json::string);
    json.endArray();
  }

  private void integers(int[] values) {
    json.startArray();
    for (int value : values) {
      json.number(value);
    }
    json.endArray();
  }

  private void floats(float[] values) {
    json.startArray();
    for (float value : values) {
      json.number(value);
    }
    json.endArray();
  }

  private static List<String> names(Feature[] features) {
    return Arrays.stream(features).map(Feature::key).toList();
  }

  /**
   * First 12 hex digits of the SHA-256 of the lists, names joined by \n, lists by an empty line.
   */
  private static String featureSet(List<String> xNames, List<String> edgeNames) {
    String text = String.join("\n", xNames) + "\n\n" + String.join("\n", edgeNames);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
