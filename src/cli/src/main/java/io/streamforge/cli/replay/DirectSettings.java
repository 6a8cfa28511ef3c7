package io.streamforge.cli.replay;

import io.streamforge.marketgraph.Settings;
import io.streamforge.settings.SettingKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The job's settings where there is neither Kafka nor Flink. */
final class DirectSettings {
  /** Keys, or beginnings of keys, that have no meaning there. */
  private static final List<String> WITHOUT_MEANING =
      List.of(
          "job.name",
          "kafka.",
          "source.group-id",
          "source.start",
          "source.max-behind",
          "source.max-ahead",
          "source.max-drift",
          "sink.delivery-guarantee",
          "sink.max-downtime",
          "instrument.cache-size");

  private DirectSettings() {}

  /**
   * Reads them.
   *
   * @param given as in {@code --set}; what is not given has its default
   * @throws IllegalArgumentException if one has no meaning without Kafka and Flink
   */
  static Settings of(Map<String, String> given) {
    Map<String, String> values = new TreeMap<>();
    given.forEach((key, value) -> values.put(SettingKey.typed(key), value));
    for (String key : values.keySet()) {
      if (WITHOUT_MEANING.stream().anyMatch(key::startsWith)) {
        throw new IllegalArgumentException(
            key + " has no meaning with --direct, which runs neither Kafka nor Flink");
      }
    }
    values.put("kafka.bootstrap-servers", "none:0"); // required, and never asked
    values.put("kafka.properties.max.request.size", Integer.toString(1 << 30)); // a graph's limit
    return new Settings(values);
  }
}
