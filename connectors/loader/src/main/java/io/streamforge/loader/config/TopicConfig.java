package io.streamforge.loader.config;

import io.streamforge.settings.SettingsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of topics: two that are written, and one that is read.
 *
 * @param resync where requests for books stand
 */
public record TopicConfig(String orderbooks, String trades, String resync) {
  /** The names where nobody gives others. */
  public static final TopicConfig USUAL =
      new TopicConfig("raw-orderbooks", "raw-trades", "book-resync");

  /** The topics that are written. */
  public List<String> written() {
    return List.of(orderbooks, trades);
  }

  void check() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String[] each :
        new String[][] {{"orderbooks", orderbooks}, {"trades", trades}, {"resync", resync}}) {
      String key = "kafka.topics." + each[0];
      if (each[1].isBlank()) {
        throw SettingsException.of(key, each[1], "the name of a topic");
      }
      String other = names.put(each[1], each[0]);
      if (other != null) {
        throw SettingsException.of(key, each[1], "another topic than " + other);
      }
    }
  }
}
