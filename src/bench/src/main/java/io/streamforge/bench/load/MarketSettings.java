package io.streamforge.bench.load;

import io.streamforge.marketgraph.Settings;
import io.streamforge.settings.SettingKey;
import io.streamforge.testkit.feed.RunTopics;
import java.util.HashMap;
import java.util.Map;

/** The job's settings: the defaults, but for graphs as large as the largest input here. */
public final class MarketSettings {
  private static final String MAX_NODES = "4000";

  private MarketSettings() {}

  /** The settings of a job without Kafka. */
  public static Settings withoutTopics() {
    return of("none:1", Map.of());
  }

  /**
   * The settings of a run.
   *
   * @param all settings of the job, with their prefix, and of Flink that differ from the defaults
   */
  public static Settings of(RunTopics topics, Map<String, String> all) {
    Map<String, String> values = new HashMap<>(topics.settings());
    all.forEach(
        (key, value) -> {
          if (key.startsWith(SettingKey.PREFIX)) {
            values.put(key.substring(SettingKey.PREFIX.length()), value);
          }
        });
    return of(topics.bootstrapServers(), values);
  }

  private static Settings of(String bootstrapServers, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("kafka.bootstrap-servers", bootstrapServers);
    values.put("graph.max-nodes", MAX_NODES);
    return new Settings(values);
  }
}
