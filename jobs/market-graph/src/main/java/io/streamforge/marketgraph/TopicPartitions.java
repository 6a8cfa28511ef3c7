package io.streamforge.marketgraph;

import io.streamforge.kafka.KafkaTopics;
import io.streamforge.settings.SettingsException;
import io.streamforge.settings.SettingsFaults;
import org.apache.flink.configuration.ConfigOption;

/** How many partitions the topics in have; all topics are checked when the broker is asked. */
record TopicPartitions(int orderbooks, int trades) {

  /**
   * Asks the broker.
   *
   * @throws SettingsException if it does not answer, a topic does not exist or is not as the job
   *     needs it, or transactions do not live so long; all of it at once
   */
  static TopicPartitions describe(Settings settings, KafkaTopicsOut out) {
    int[] partitions = new int[2];
    SettingsFaults faults = new SettingsFaults();
    try (KafkaTopics topics = KafkaTopics.of(settings.kafka())) {
      topics.checkAnswers();
      // A topic out that is missing would fail the job when its first record is due.
      out.check(topics, settings, faults);
      faults.check(topics::checkTransactions);
      faults.check(
          () -> partitions[0] = partitions(topics, settings, MarketGraphOptions.ORDERBOOKS_TOPIC));
      faults.check(
          () -> partitions[1] = partitions(topics, settings, MarketGraphOptions.TRADES_TOPIC));
    }
    faults.refuseIfAny();
    return new TopicPartitions(partitions[0], partitions[1]);
  }

  private static int partitions(
      KafkaTopics topics, Settings settings, ConfigOption<String> option) {
    return topics.partitions(option.key(), settings.get(option));
  }
}
