package io.streamforge.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A record of {@code graph-features}: one graph at one sample, shaped for PyTorch Geometric. Its
 * key is the graph's name, its Kafka timestamp the sample in milliseconds. A number that does not
 * exist is null. {@link GraphFeaturesWriter} writes it; this reads it, off the hot path.
 *
 * @param schema {@value #SCHEMA}
 * @param graph the graph's name
 * @param timeUs the sample, microseconds since the epoch
 * @param intervalUs time between two samples, microseconds
 * @param publishIntervalUs time between two records of the graph, a multiple of {@code intervalUs}
 * @param featureSet a hash of {@code featureNames} and {@code edgeAttributeNames}
 * @param nodeIds {@code venue:symbol}, sorted
 * @param nodeBook by node: {@code live}, or why the book has no features
 * @param nodeMid by node: mid price, in the quote currency
 * @param numNodesLeftOut how many instruments sample and have no seat in the graph
 * @param nodesLeftOut the first of them: {@code venue:symbol}, at most 20, in the order in which
 *     they would be seated
 * @param availableUs earliest receive time at which it can be known, microseconds since the epoch
 * @param featureNames of a row of {@code x}
 * @param x by node: its features, in the catalogue's units
 * @param edgeIndex two rows: by edge where it starts, and where it ends, as places in the nodes;
 *     both directions of an edge stand there
 * @param edgeAttributeNames of a row of {@code edgeAttributes}
 * @param edgeAttributes by edge: its attributes, in the catalogue's units
 * @param marketNames of {@code market}
 * @param market the numbers of the whole graph
 */
public record GraphFeaturesRecord(
    String schema,
    String graph,
    @JsonProperty("time_us") long timeUs,
    @JsonProperty("interval_us") long intervalUs,
    @JsonProperty("publish_interval_us") long publishIntervalUs,
    @JsonProperty("feature_set") String featureSet,
    @JsonProperty("node_ids") List<String> nodeIds,
    @JsonProperty("node_book") List<String> nodeBook,
    @JsonProperty("node_mid") List<Double> nodeMid,
    @JsonProperty("num_nodes_left_out") Integer numNodesLeftOut,
    @JsonProperty("nodes_left_out") List<String> nodesLeftOut,
    @JsonProperty("available_us") long availableUs,
    @JsonProperty("feature_names") List<String> featureNames,
    List<List<Double>> x,
    @JsonProperty("edge_index") List<int[]> edgeIndex,
    @JsonProperty("edge_attr_names") List<String> edgeAttributeNames,
    @JsonProperty("edge_attr") List<List<Double>> edgeAttributes,
    @JsonProperty("u_names") List<String> marketNames,
    @JsonProperty("u") List<Double> market) {
  /** The name of this form. */
  public static final String SCHEMA = "graph-features/1";

  private static final ObjectReader READER = RecordJson.readerFor(GraphFeaturesRecord.class);
  private static final JsonFactory JSON = new JsonFactory();

  /** A record of before there were seats leaves nobody out. */
  public GraphFeaturesRecord {
    numNodesLeftOut = numNodesLeftOut == null ? 0 : numNodesLeftOut;
    nodesLeftOut = nodesLeftOut == null ? List.of() : nodesLeftOut;
  }

  /** Which graph, and as of when: no two records that differ have the same. */
  public record Identity(String graph, long timeUs) {}

  /**
   * Reads a record's value.
   *
   * @throws IOException if it is none of {@value #SCHEMA}
   */
  public static GraphFeaturesRecord read(byte[] value) throws IOException {
    GraphFeaturesRecord record = READER.readValue(value);
    RecordJson.expect(SCHEMA, record == null ? null : record.schema);
    String flaw = record.flaw();
    if (flaw != null) {
      throw new IOException("no record of " + SCHEMA + ": " + flaw);
    }
    return record;
  }

  /**
   * Reads of a record's value which it is, and not the rest.
   *
   * @throws IOException if it has no graph, or no time
   */
  public static Identity identity(byte[] value) throws IOException {
    String graph = null;
    Long timeUs = null;
    try (JsonParser json = JSON.createParser(value)) {
      json.nextToken();
      while ((graph == null || timeUs == null) && json.nextToken() != null) {
        String field = json.currentName();
        json.nextToken();
        if ("graph".equals(field)) {
          graph = json.getText();
        } else if ("time_us".equals(field)) {
          timeUs = json.getLongValue();
        } else {
          json.skipChildren();
        }
      }
    }
    if (graph == null || timeUs == null) {
      throw new IOException("no record of graph-features");
    }
    return new Identity(graph, timeUs);
  }

  private String flaw() {
    if (graph == null
        || nodeIds == null
        || nodeIds.contains(null)
        || !fits(nodeBook, nodeIds.size())
        || !fits(nodeMid, nodeIds.size())
        || nodesLeftOut.size() > numNodesLeftOut
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
