package io.streamforge.bench.under;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.marketgraph.Settings;
import java.util.HashMap;
import java.util.Map;

/** The job's own settings of graphs, for the benchmarks. */
public final class GraphsUnderBench {
  private GraphsUnderBench() {}

  /**
   * As the job reads them.
   *
   * @param given as in {@code --set}; what is not given has its default
   * @param nodes the graph's size, for which records may be large enough
   */
  public static GraphSettings settings(Map<String, String> given, int nodes) {
    Map<String, String> values = new HashMap<>(given);
    values.putIfAbsent("kafka.bootstrap-servers", "none:1"); // required, and not used here
    values.putIfAbsent("graph.max-nodes", String.valueOf(nodes));
    values.putIfAbsent("kafka.properties.max.request.size", String.valueOf(1 << 30));
    return new Settings(values).graph();
  }
}
