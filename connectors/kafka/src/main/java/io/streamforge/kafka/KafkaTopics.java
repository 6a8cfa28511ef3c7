package io.streamforge.kafka;

import io.streamforge.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What the broker says of a job's topics, asked before the job starts. Every question throws a
 * {@link SettingsException} if no broker answers.
 */
public final class KafkaTopics implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final KafkaConnection connection;
  private final Admin admin;

  private KafkaTopics(KafkaConnection connection, Admin admin) {
    this.connection = connection;
    this.admin = admin;
  }

  /**
   * Connects to the broker.
   *
   * @throws SettingsException if the address is none, or a property is refused
   */
  public static KafkaTopics of(KafkaConnection connection) {
    Properties client = connection.client();
    if (!client.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)
        && !client.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
      client.put(
          AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(TIMEOUT.toMillis()));
      client.put(
          AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(TIMEOUT.toMillis() / 2));
    }
    try {
      return new KafkaTopics(connection, Admin.create(client));
    } catch (KafkaException e) {
      throw unreachable(connection, e);
    }
  }

  /**
   * How many partitions a topic has.
   *
   * @param key of the setting that names the topic
   * @throws SettingsException if there is no such topic
   */
  public int partitions(String key, String topic) {
    try {
      return answer(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
          .partitions()
          .size();
    } catch (UnknownTopicOrPartitionException e) {
      throw SettingsException.of(
          key, topic, "a topic that exists at " + connection.bootstrapServers());
    } catch (KafkaException e) {
      throw unreachable(connection, e);
    }
  }

  /** The largest batch of records that a topic takes; empty for who may not know. */
  public OptionalLong maxMessageBytes(String topic) {
    return number(ConfigResource.Type.TOPIC, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
  }

  /**
   * Checks that the broker lets transactions live as long as the job's producers ask. Who may not
   * know its limit learns from the first producer, which the broker refuses.
   *
   * @throws SettingsException if it does not
   */
  public void checkTransactions() {
    if (connection.isTransactional()) {
      number(ConfigResource.Type.BROKER, anyBroker(), "transaction.max.timeout.ms")
          .ifPresent(limit -> TransactionLife.checkBroker(connection, limit));
    }
  }

  private String anyBroker() {
    try {
      return answer(admin.describeCluster().nodes()).iterator().next().idString();
    } catch (KafkaException e) {
      throw unreachable(connection, e);
    }
  }

  private OptionalLong number(ConfigResource.Type type, String name, String key) {
    ConfigResource resource = new ConfigResource(type, name);
    try {
      Config config = answer(admin.describeConfigs(List.of(resource)).values().get(resource));
      return OptionalLong.of(Long.parseLong(config.get(key).value()));
    } catch (AuthorizationException e) {
      return OptionalLong.empty();
    } catch (KafkaException e) {
      throw unreachable(connection, e);
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

  private static SettingsException unreachable(KafkaConnection connection, KafkaException e) {
    Throwable why = e.getCause() == null ? e : e.getCause();
    return SettingsException.of(
        KafkaConnection.BOOTSTRAP_SERVERS,
        connection.bootstrapServers(),
        "host:port of a broker that answers (" + why.getMessage() + ")");
  }

  @Override
  public void close() {
    admin.close();
  }
}
