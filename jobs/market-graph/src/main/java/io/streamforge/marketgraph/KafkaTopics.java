package io.streamforge.marketgraph;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
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
      checkTransactions(admin, settings);
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
      return answer(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
          .partitions()
          .size();
    } catch (UnknownTopicOrPartitionException e) {
      throw SettingsException.of(
          option.key(), topic, "a topic that exists at " + settings.bootstrapServers());
    }
  }

  private static void checkGraphRecords(Admin admin, Settings settings) {
    String topic = settings.get(StreamForgeOptions.GRAPH_FEATURES_TOPIC);
    // Who may not read it learns of a topic that is too small when the first record is.
    number(admin, ConfigResource.Type.TOPIC, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
        .ifPresent(limit -> GraphRecordLimit.checkTopic(settings, limit));
  }

  private static void checkTransactions(Admin admin, Settings settings) {
    if (settings.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
      String broker = answer(admin.describeCluster().nodes()).iterator().next().idString();
      // Who may not read it learns from the first producer, which the broker refuses.
      number(admin, ConfigResource.Type.BROKER, broker, "transaction.max.timeout.ms")
          .ifPresent(limit -> TransactionLife.checkBroker(settings, limit));
    }
  }

  /** A number of a configuration, unless only others may read it. */
  private static OptionalLong number(
      Admin admin, ConfigResource.Type type, String name, String key) {
    ConfigResource resource = new ConfigResource(type, name);
    try {
      Config config = answer(admin.describeConfigs(List.of(resource)).values().get(resource));
      return OptionalLong.of(Long.parseLong(config.get(key).value()));
    } catch (AuthorizationException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * What the broker answers.
   *
   * @throws KafkaException what it says instead
   */
  private static <T> T answer(KafkaFuture<T> asked) {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException said ? said : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException(e);
    }
  }

  private static SettingsException unreachable(Settings settings, Throwable why) {
    return SettingsException.of(
        StreamForgeOptions.BOOTSTRAP_SERVERS.key(),
        settings.bootstrapServers(),
        "host:port of a broker that answers (" + why.getMessage() + ")");
  }
}
