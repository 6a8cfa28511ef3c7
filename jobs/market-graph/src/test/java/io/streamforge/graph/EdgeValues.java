package io.streamforge.graph;

import io.streamforge.graph.record.EdgeAttribute;
import io.streamforge.graph.record.GraphSnapshot;
import java.util.Map;
import java.util.TreeMap;

/** What a graph says of an edge, by name; what is not defined is not there. */
final class EdgeValues {
  private EdgeValues() {}

  /** Of the edge at a place of the snapshot. */
  static Map<String, Float> of(GraphSnapshot snapshot, int edge) {
    Map<String, Float> values = new TreeMap<>();
    int at = 0;
    for (EdgeAttribute attribute : EdgeAttribute.values()) {
      float value = snapshot.edgeAttributes()[edge][at++];
      if (!Float.isNaN(value)) {
        values.put(attribute.key(), value);
      }
    }
    return values;
  }
}
