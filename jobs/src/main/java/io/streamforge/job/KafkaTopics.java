package io.streamforge.job;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.ConfigOption;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the broker says of the job's topics, asked before the job starts. */
record KafkaTopics(int orderbookPartitions, int tradePartitions) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final List<ConfigOption<String>> OUT =
      List.of(
          StreamForgeOptions.SYMBOL_FEATURES_TOPIC,
          StreamForgeOptions.GRAPH_FEATURES_TOPIC,
          StreamForgeOptions.BOOK_RESYNC_TOPIC,
          StreamForgeOptions.DEAD_LETTERS_TOPIC);

  /**
   * Asks the broker.
   *
   * @throws SettingsException if it does not answer, or a topic does not exist
   */
  static KafkaTopics describe(Settings settings) {
    Properties properties = settings.kafkaProperties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    if (!properties.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)
        && !properties.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
      properties.put(
          AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(TIMEOUT.toMillis()));
      properties.put(
          AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(TIMEOUT.toMillis() / 2));
    }
    try (Admin admin = Admin.create(properties)) {
      // A topic out that is missing would fail the job when its first record is due.
      OUT.forEach(topic -> partitions(admin, settings, topic));
      checkGraphRecords(admin, settings);
      return new KafkaTopics(
          partitions(admin, settings, StreamForgeOptions.ORDERBOOKS_TOPIC),
          partitions(admin, settings, StreamForgeOptions.TRADES_TOPIC));
    } catch (KafkaException e) {
      throw unreachable(settings, e.getCause() == null ? e : e.getCause());
    }
  }

  private static int partitions(Admin admin, Settings settings, ConfigOption<String> option) {
    String topic = settings.get(option);
    try {
      return admin
          .describeTopics(List.of(topic))
          .topicNameValues()
          .get(topic)
          .get()
          .partitions()
          .size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw SettingsException.of(
            option.key(), topic, "a topic that exists at " + settings.bootstrapServers());
      }
      throw unreachable(settings, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(settings, e);
    }
  }

  private static void checkGraphRecords(Admin admin, Settings settings) {
    ConfigResource topic =
        new ConfigResource(
            ConfigResource.Type.TOPIC, settings.get(StreamForgeOptions.GRAPH_FEATURES_TOPIC));
    try {
      String limit =
          admin
              .describeConfigs(List.of(topic))
              .all()
              .get()
              .get(topic)
              .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
              .value();
      GraphRecordLimit.checkTopic(settings, Long.parseLong(limit));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw unreachable(settings, e.getCause());
      }
      // Who may not read it learns of a topic that is too small when the first record is.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(settings, e);
    }
  }

  private static SettingsException unreachable(Settings settings, Throwable why) {
    return SettingsException.of(
        StreamForgeOptions.BOOTSTRAP_SERVERS.key(),
        settings.bootstrapServers(),
        "host:port of a broker that answers (" + why.getMessage() + ")");
  }
}
