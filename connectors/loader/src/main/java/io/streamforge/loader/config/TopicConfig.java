package io.streamforge.loader.config;

import io.streamforge.settings.SettingsException;
import java.util.List;
import java.util.Objects;

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
    if (Objects.equals(orderbooks, trades)) {
      throw SettingsException.of("kafka.topics.trades", trades, "another topic than orderbooks");
    }
  }
}
