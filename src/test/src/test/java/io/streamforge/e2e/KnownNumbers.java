package io.streamforge.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The names of all numbers in the records of one version, and what of a later record that version
 * would have said: a number that came later does not stand in it.
 */
record KnownNumbers(
    List<String> features,
    List<String> nodeFeatures,
    List<String> edgeAttributes,
    List<String> graphAttributes) {
  private static final String FILE = "known-numbers.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those of the records that a replay has written. */
  static KnownNumbers ofReplay(Path out) throws IOException {
    JsonNode symbol = first(out.resolve("symbol-features.jsonl"));
    JsonNode graph = first(out.resolve("graph-features.jsonl"));
    List<String> features = new ArrayList<>();
    symbol.get("features").fieldNames().forEachRemaining(features::add);
    return new KnownNumbers(
        features,
        texts(graph.get("feature_names")),
        texts(graph.get("edge_attr_names")),
        texts(graph.get("u_names")));
  }

  private static JsonNode first(Path file) throws IOException {
    try (var lines = Files.newBufferedReader(file)) {
      return JSON.readTree(lines.readLine());
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  /** Those that are kept with a savepoint. */
  static KnownNumbers ofSavepoint(Path savepoint) throws IOException {
    return JSON.readValue(savepoint.resolve(FILE).toFile(), KnownNumbers.class);
  }

  void keepWith(Path savepoint) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(savepoint.resolve(FILE).toFile(), this);
  }

  /** Records of a later version, each without what this one did not know. */
  List<String> of(List<String> records, KnownNumbers later) throws IOException {
    if (equals(later)) {
      return records; // to the byte
    }
    List<String> known = new ArrayList<>();
    for (String text : records) {
      ObjectNode record = (ObjectNode) JSON.readTree(text);
      if (record.has("features")) {
        ((ObjectNode) record.get("features")).retain(features);
      } else {
        record.remove("feature_set"); // a hash of the names
        retain(record, "feature_names", "x", nodeFeatures);
        retain(record, "edge_attr_names", "edge_attr", edgeAttributes);
        retain((ArrayNode) record.get("u"), texts(record.get("u_names")), graphAttributes);
        retain((ArrayNode) record.get("u_names"), texts(record.get("u_names")), graphAttributes);
      }
      known.add(record.toString());
    }
    return known;
  }

  private static void retain(ObjectNode record, String names, String rows, List<String> known) {
    List<String> columns = texts(record.get(names));
    record.get(rows).forEach(row -> retain((ArrayNode) row, columns, known));
    retain((ArrayNode) record.get(names), columns, known);
  }

  private static void retain(ArrayNode values, List<String> names, List<String> known) {
    Iterator<JsonNode> value = values.elements();
    for (String name : names) {
      value.next();
      if (!known.contains(name)) {
        value.remove();
      }
    }
  }
}
