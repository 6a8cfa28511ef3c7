package io.streamforge.job;

import io.streamforge.graph.GraphSettings;
import java.util.HashMap;
import java.util.Map;

/** The job's own settings of graphs, for the benchmarks. */
public final class GraphsUnderBench {
  private GraphsUnderBench() {}

  /**
   * As the job reads them.
   *
   * @param given as in {@code --set}; what is not given has its default
   */
  public static GraphSettings settings(Map<String, String> given) {
    Map<String, String> values = new HashMap<>(given);
    values.putIfAbsent("kafka.bootstrap-servers", "none:1"); // required, and not used here
    return new Settings(values).graph();
  }
}
