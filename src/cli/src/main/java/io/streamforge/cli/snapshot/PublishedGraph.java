package io.streamforge.cli.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A record of {@code graph-features}, as whoever reads the topic has it. A number that does not
 * exist is null.
 */
public record PublishedGraph(
    String schema,
    String graph,
    @JsonProperty("time_us") long timeUs,
    @JsonProperty("node_ids") List<String> nodeIds,
    @JsonProperty("node_book") List<String> nodeBook,
    @JsonProperty("node_mid") List<Double> nodeMid,
    @JsonProperty("feature_names") List<String> featureNames,
    List<List<Double>> x,
    @JsonProperty("edge_index") List<int[]> edgeIndex,
    @JsonProperty("edge_attr_names") List<String> edgeAttributeNames,
    @JsonProperty("edge_attr") List<List<Double>> edgeAttributes,
    @JsonProperty("u_names") List<String> marketNames,
    @JsonProperty("u") List<Double> market) {
  private static final String SCHEMA = "graph-features/1";
  private static final ObjectReader READER =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .readerFor(PublishedGraph.class);

  /**
   * Reads a record's value.
   *
   * @throws IOException if it is none of {@code graph-features/1}
   */
  public static PublishedGraph read(byte[] value) throws IOException {
    PublishedGraph snapshot = READER.readValue(value);
    String flaw = snapshot == null ? "null" : snapshot.flaw();
    if (flaw != null) {
      throw new IOException("no graph of " + SCHEMA + ": " + flaw);
    }
    return snapshot;
  }

  private String flaw() {
    if (!SCHEMA.equals(schema)) {
      return "its schema is " + schema;
    }
    if (graph == null
        || nodeIds == null
        || nodeIds.contains(null)
        || !fits(nodeBook, nodeIds.size())
        || !fits(nodeMid, nodeIds.size())
        || !isTable(x, nodeIds.size(), featureNames)) {
      return "its nodes do not fit together";
    }
    if (edgeIndex == null
        || edgeIndex.size() != 2
        || edgeIndex.contains(null)
        || edgeIndex.get(0).length != edgeIndex.get(1).length
        || !edgeIndex.stream().flatMapToInt(IntStream::of).allMatch(this::isNode)
        || !isTable(edgeAttributes, edgeIndex.get(0).length, edgeAttributeNames)) {
      return "its edges do not fit together";
    }
    return marketNames == null || !fits(market, marketNames.size())
        ? "what it says of the market does not fit together"
        : null;
  }

  private boolean isNode(int index) {
    return index >= 0 && index < nodeIds.size();
  }

  private static boolean fits(List<?> list, int size) {
    return list != null && list.size() == size;
  }

  private static boolean isTable(List<List<Double>> rows, int size, List<String> names) {
    return names != null
        && !names.contains(null)
        && fits(rows, size)
        && rows.stream().allMatch(row -> fits(row, names.size()));
  }

  /** How many edges, each direction one. */
  public int edges() {
    return edgeIndex.get(0).length;
  }

  /** Where an edge begins, as a place in {@link #nodeIds}. */
  public int source(int edge) {
    return edgeIndex.get(0)[edge];
  }

  /** Where an edge ends. */
  public int target(int edge) {
    return edgeIndex.get(1)[edge];
  }

  /** A feature of a node; null where it does not exist, or the record has none of that name. */
  public Double feature(int node, String name) {
    int column = featureNames.indexOf(name);
    return column < 0 ? null : x.get(node).get(column);
  }

  /** An attribute of an edge; null where it does not exist, or the record has none of that name. */
  public Double attribute(int edge, String name) {
    int column = edgeAttributeNames.indexOf(name);
    return column < 0 ? null : edgeAttributes.get(edge).get(column);
  }

  /** Whether an edge is one of the spanning forest. */
  public boolean isInTree(int edge) {
    Double inTree = attribute(edge, "in_tree");
    return inTree != null && inTree == 1;
  }
}
