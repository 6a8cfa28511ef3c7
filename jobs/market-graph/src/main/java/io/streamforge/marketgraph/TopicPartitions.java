package io.streamforge.marketgraph;

import io.streamforge.kafka.KafkaTopics;
import io.streamforge.settings.SettingsException;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** How many partitions the topics in have; all topics are checked when the broker is asked. */
record TopicPartitions(int orderbooks, int trades) {
  private static final List<ConfigOption<String>> OUT =
      List.of(
          MarketGraphOptions.SYMBOL_FEATURES_TOPIC,
          MarketGraphOptions.GRAPH_FEATURES_TOPIC,
          MarketGraphOptions.BOOK_RESYNC_TOPIC,
          MarketGraphOptions.DEAD_LETTERS_TOPIC);

  /**
   * Asks the broker.
   *
   * @throws SettingsException if it does not answer, a topic does not exist or is too small for the
   *     graphs, or transactions do not live so long
   */
  static TopicPartitions describe(Settings settings) {
    try (KafkaTopics topics = KafkaTopics.of(settings.kafka())) {
      // A topic out that is missing would fail the job when its first record is due.
      OUT.forEach(topic -> partitions(topics, settings, topic));
      // Who may not know its limit learns of a topic that is too small when the first record is.
      topics
          .maxMessageBytes(settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC))
          .ifPresent(limit -> GraphRecordLimit.checkTopic(settings, limit));
      topics.checkTransactions();
      return new TopicPartitions(
          partitions(topics, settings, MarketGraphOptions.ORDERBOOKS_TOPIC),
          partitions(topics, settings, MarketGraphOptions.TRADES_TOPIC));
    }
  }

  private static int partitions(
      KafkaTopics topics, Settings settings, ConfigOption<String> option) {
    return topics.partitions(option.key(), settings.get(option));
  }
}
