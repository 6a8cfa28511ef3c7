package io.streamforge.kafka;

import io.streamforge.settings.SettingsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
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

  /** What has been answered, by topic and by resource: several checks ask the same. */
  private final Map<String, TopicDescription> descriptions = new HashMap<>();

  private final Map<ConfigResource, Config> configs = new HashMap<>();

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
    try {
      return new KafkaTopics(connection, admin(connection));
    } catch (KafkaException e) {
      throw unreachable(connection, e);
    }
  }

  /**
   * A client that gives up after {@link #TIMEOUT} where the user says nothing.
   *
   * @throws KafkaException if the address is none, or a property is refused
   */
  public static Admin admin(KafkaConnection connection) {
    Properties client = connection.client();
    if (!client.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)
        && !client.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
      client.put(
          AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(TIMEOUT.toMillis()));
      client.put(
          AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(TIMEOUT.toMillis() / 2));
    }
    return Admin.create(client);
  }

  /**
   * Checks that a broker answers: of what is wrong, nothing else can be said before.
   *
   * @throws SettingsException if none does
   */
  public void checkAnswers() {
    anyBroker();
  }

  /**
   * How many partitions a topic has.
   *
   * @param key of the setting that names the topic
   * @throws SettingsException if there is no such topic, or this user may not see it
   */
  public int partitions(String key, String topic) {
    return describe(key, topic).partitions().size();
  }

  TopicDescription describe(String key, String topic) {
    TopicDescription known = descriptions.get(topic);
    if (known != null) {
      return known;
    }
    DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    try {
      known = answer(admin.describeTopics(List.of(topic), options).topicNameValues().get(topic));
      descriptions.put(topic, known);
      return known;
    } catch (UnknownTopicOrPartitionException e) {
      throw SettingsException.of(
          key, topic, "a topic that exists at " + connection.bootstrapServers());
    } catch (AuthorizationException e) {
      throw SettingsException.of(key, topic, "a topic on which this user has the right Describe");
    } catch (KafkaException e) {
      throw unreachable(connection, e);
    }
  }

  /** Checks of the topics that the job writes to. */
  public TopicOutChecks out() {
    return new TopicOutChecks(this, connection);
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

  /**
   * The producers that topics know. The job does without where the broker does not tell, or this
   * user may not read a topic.
   */
  public WritersBefore writers(List<TopicOut> out) {
    try {
      for (TopicOut each : out) {
        Set<AclOperation> held = describe(each.key(), each.topic()).authorizedOperations();
        if (held != null && !held.contains(AclOperation.READ)) {
          return WritersBefore.UNKNOWN;
        }
      }
      List<String> topics = out.stream().map(TopicOut::topic).toList();
      return new WritersBefore(true, TopicProducers.of(admin, topics).ids());
    } catch (ExecutionException | SettingsException e) {
      return WritersBefore.UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return WritersBefore.UNKNOWN;
    }
  }

  /**
   * Begins to use a transactional id, as a producer does.
   *
   * @throws AuthorizationException if this user may not
   */
  void useTransactionalId(String id) {
    try {
      answer(admin.fenceProducers(List.of(id)).fencedProducers().get(id));
    } catch (AuthorizationException e) {
      throw e;
    } catch (KafkaException e) {
      throw unreachable(connection, e);
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
    return config(type, name)
        .map(config -> OptionalLong.of(Long.parseLong(config.get(key).value())))
        .orElse(OptionalLong.empty());
  }

  Optional<Config> config(ConfigResource.Type type, String name) {
    ConfigResource resource = new ConfigResource(type, name);
    Config known = configs.get(resource);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      known = answer(admin.describeConfigs(List.of(resource)).values().get(resource));
      configs.put(resource, known);
      return Optional.of(known);
    } catch (AuthorizationException e) {
      return Optional.empty();
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty(); // said where it is described
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
