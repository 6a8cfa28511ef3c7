package io.streamforge.bench.throughput;

import io.streamforge.marketgraph.Settings;
import java.util.HashMap;
import java.util.Map;

/** The job's settings: the defaults, but for graphs as large as the largest input here. */
public final class MarketSettings {
  private static final String MAX_NODES = "4000";

  private MarketSettings() {}

  /**
   * The settings of a run.
   *
   * @param more settings that differ from the defaults too
   */
  public static Settings of(String bootstrapServers, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("kafka.bootstrap-servers", bootstrapServers);
    values.put("graph.max-nodes", MAX_NODES);
    return new Settings(values);
  }
}
