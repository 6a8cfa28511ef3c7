package io.streamforge.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Writes {@link GraphFeaturesRecord}s. Not thread-safe. */
public final class GraphFeaturesWriter {
  private final List<String> featureNames;
  private final List<String> edgeNames;
  private final List<String> graphNames;
  private final String featureSet;
  private final CanonicalJson json = new CanonicalJson();

  /**
   * What a record says, but for the names. Arrays are not copied.
   *
   * @param graph its name
   * @param timeUs the sample, microseconds since the epoch
   * @param intervalUs time between two samples, microseconds
   * @param publishIntervalUs time between two records of the graph, microseconds
   * @param availableUs earliest receive time at which it can be known, microseconds since the epoch
   * @param nodeIds {@code venue:symbol}, sorted
   * @param nodeBooks by node: {@code live}, or why the book has no features
   * @param nodeMids by node: mid price, NaN where there is none
   * @param nodesLeftOut how many instruments sample and have no seat in the graph
   * @param firstLeftOut ids of the first of them
   * @param x by node: its features, NaN where one does not exist
   * @param source by edge, both directions: where it starts in the nodes
   * @param target by edge: where it ends
   * @param edgeAttributes by edge: its attributes, NaN where one does not exist
   * @param u the numbers of the whole graph, NaN where one does not exist
   */
  public record Values(
      String graph,
      long timeUs,
      long intervalUs,
      long publishIntervalUs,
      long availableUs,
      String[] nodeIds,
      String[] nodeBooks,
      double[] nodeMids,
      int nodesLeftOut,
      List<String> firstLeftOut,
      float[][] x,
      int[] source,
      int[] target,
      float[][] edgeAttributes,
      float[] u) {}

  /**
   * @param featureNames of a row of {@code x}
   * @param edgeNames of an edge's attributes
   * @param graphNames of {@code u}
   */
  public GraphFeaturesWriter(
      List<String> featureNames, List<String> edgeNames, List<String> graphNames) {
    this.featureNames = List.copyOf(featureNames);
    this.edgeNames = List.copyOf(edgeNames);
    this.graphNames = List.copyOf(graphNames);
    this.featureSet = featureSet(featureNames, edgeNames);
  }

  /**
   * The record's bytes.
   *
   * @throws IllegalArgumentException if a node has more or fewer features than there are names
   */
  public byte[] write(Values graph) {
    check(graph);
    json.startObject();
    json.name("schema").string(GraphFeaturesRecord.SCHEMA);
    json.name("graph").string(graph.graph);
    json.name("time_us").number(graph.timeUs);
    json.name("interval_us").number(graph.intervalUs);
    json.name("publish_interval_us").number(graph.publishIntervalUs);
    json.name("feature_set").string(featureSet);
    writeNodes(graph);
    writeEdges(graph);
    strings("u_names", graphNames);
    json.name("u");
    floats(graph.u);
    json.endObject();
    return json.toBytes();
  }

  private void check(Values graph) {
    for (int i = 0; i < graph.x.length; i++) {
      if (graph.x[i].length != featureNames.size()) {
        throw new IllegalArgumentException(
            "%s has %d features, not %d"
                .formatted(graph.nodeIds[i], graph.x[i].length, featureNames.size()));
      }
    }
  }

  private void writeNodes(Values graph) {
    json.name("num_nodes").number(graph.nodeIds.length);
    strings("node_ids", List.of(graph.nodeIds));
    strings("node_book", List.of(graph.nodeBooks));
    json.name("node_mid").startArray();
    for (double mid : graph.nodeMids) {
      json.number(mid);
    }
    json.endArray();
    json.name("num_nodes_left_out").number(graph.nodesLeftOut);
    strings("nodes_left_out", graph.firstLeftOut);
    json.name("available_us").number(graph.availableUs);
    strings("feature_names", featureNames);
    json.name("x");
    rows(graph.x);
  }

  private void writeEdges(Values graph) {
    json.name("num_edges").number(graph.source.length);
    json.name("edge_index").startArray();
    integers(graph.source);
    integers(graph.target);
    json.endArray();
    strings("edge_attr_names", edgeNames);
    json.name("edge_attr");
    rows(graph.edgeAttributes);
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

  private void rows(float[][] rows) {
    json.startArray();
    for (float[] row : rows) {
      floats(row);
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

  /**
   * First 12 hex digits of the SHA-256 of the lists, names joined by \n, lists by an empty line.
   */
  private static String featureSet(List<String> featureNames, List<String> edgeNames) {
    String text = String.join("\n", featureNames) + "\n\n" + String.join("\n", edgeNames);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
