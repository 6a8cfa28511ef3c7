package io.streamforge.marketgraph;

import io.streamforge.kafka.KafkaTopics;
import io.streamforge.kafka.WritersBefore;
import io.streamforge.settings.SettingsException;
import io.streamforge.settings.SettingsFaults;
import org.apache.flink.configuration.ConfigOption;

/**
 * What the broker says of the topics before the job starts; all of them are checked on the way.
 *
 * @param orderbooks partitions of the topic of order books
 * @param trades partitions of the topic of trades
 * @param writersBefore who has written to the topics out
 */
record TopicPartitions(int orderbooks, int trades, WritersBefore writersBefore) {

  /**
   * Asks the broker.
   *
   * @throws SettingsException if it does not answer, a topic does not exist or is not as the job
   *     needs it, or transactions do not live so long; all of it at once
   */
  static TopicPartitions describe(Settings settings) {
    try (KafkaTopics topics = KafkaTopics.of(settings.kafka())) {
      topics.checkAnswers();
      TopicsOut out = TopicsOut.of(settings);
      SettingsFaults faults = new SettingsFaults();
      // A topic out that is missing would fail the job when its first record is due.
      out.check(topics, settings, faults);
      faults.check(topics::checkTransactions);
      Integer orderbooks =
          faults.ask(() -> partitions(topics, settings, MarketGraphOptions.ORDERBOOKS_TOPIC));
      Integer trades =
          faults.ask(() -> partitions(topics, settings, MarketGraphOptions.TRADES_TOPIC));
      faults.refuseIfAny();
      return new TopicPartitions(orderbooks, trades, topics.writers(out.all()));
    }
  }

  private static int partitions(
      KafkaTopics topics, Settings settings, ConfigOption<String> option) {
    return topics.partitions(option.key(), settings.get(option));
  }
}
