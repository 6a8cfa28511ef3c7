package io.streamforge.kafka;

import io.streamforge.settings.SettingsException;
import java.time.Duration;
import java.util.List;
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
import org.apache.kafka.clients.producer.ProducerConfig;
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

  private TopicDescription describe(String key, String topic) {
    DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    try {
      return answer(admin.describeTopics(List.of(topic), options).topicNameValues().get(topic));
    } catch (UnknownTopicOrPartitionException e) {
      throw SettingsException.of(
          key, topic, "a topic that exists at " + connection.bootstrapServers());
    } catch (AuthorizationException e) {
      throw SettingsException.of(key, topic, "a topic on which this user has the right Describe");
    } catch (KafkaException e) {
      throw unreachable(connection, e);
    }
  }

  /**
   * Checks that this user may write to a topic, and that the topic keeps every record. A sink that
   * writes in transactions also reads its topic, to find those that an earlier run has left open.
   *
   * @throws SettingsException if the topic does not exist, or one of these does not hold
   */
  public void checkOut(TopicOut out) {
    checkRights(out);
    config(ConfigResource.Type.TOPIC, out.topic())
        .map(config -> config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value())
        .filter(policy -> policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT))
        .ifPresent(
            policy -> {
              throw SettingsException.of(
                  out.key(),
                  out.topic(),
                  "a topic with cleanup.policy=delete (it is %s, and keeps of each key the newest record alone)"
                      .formatted(policy));
            });
  }

  private void checkRights(TopicOut out) {
    Set<AclOperation> held = describe(out.key(), out.topic()).authorizedOperations();
    if (held == null) {
      return; // a broker that does not tell
    }
    List<AclOperation> needed =
        connection.isTransactional()
            ? List.of(AclOperation.WRITE, AclOperation.READ)
            : List.of(AclOperation.WRITE);
    List<String> missing =
        needed.stream().filter(right -> !held.contains(right)).map(KafkaTopics::name).toList();
    if (!missing.isEmpty()) {
      throw SettingsException.of(
          out.key(),
          out.topic(),
          "a topic on which this user has the right " + String.join(" and the right ", missing));
    }
  }

  /** As users of Kafka write it. */
  private static String name(AclOperation right) {
    return right == AclOperation.WRITE ? "Write" : "Read";
  }

  /** The largest batch of records that a topic takes; empty for who may not know. */
  public OptionalLong maxMessageBytes(String topic) {
    return number(ConfigResource.Type.TOPIC, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
  }

  /**
   * Checks that the producer and the topic take the largest record that goes there. Who may not
   * know the topic's limit learns from the first record that is too large.
   *
   * @param largest bytes that the record may have, before compression
   * @throws SettingsException if one of them does not take it
   */
  public void checkSize(TopicOut out, long largest) {
    for (String name :
        List.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.BUFFER_MEMORY_CONFIG)) {
      if (connection.producerBytes(name) < largest) {
        throw SettingsException.of(
            KafkaConnection.PROPERTIES + name,
            connection.producerBytes(name),
            "at least %d, which the largest record of topic %s may have"
                .formatted(largest, out.topic()));
      }
    }
    maxMessageBytes(out.topic())
        .ifPresent(
            limit -> {
              if (limit < largest) {
                throw SettingsException.of(
                    out.key(),
                    out.topic(),
                    "a topic with max.message.bytes of at least %d, which its largest record may have (it is %d)"
                        .formatted(largest, limit));
              }
            });
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
   * Checks that this user may use the transactional ids of a topic's sink, by the use of one that
   * no sink has: whoever may not would fail with the job's first transaction.
   *
   * @throws SettingsException if it may not
   */
  public void checkTransactionalIds(TopicOut out) {
    if (!connection.isTransactional()) {
      return;
    }
    String prefix = connection.transactionalIdPrefix(out.uid());
    String probe = prefix + "probe";
    try {
      answer(admin.fenceProducers(List.of(probe)).fencedProducers().get(probe));
    } catch (AuthorizationException e) {
      throw SettingsException.of(
          KafkaConnection.DELIVERY_GUARANTEE,
          connection.guarantee(),
          "at-least-once, or this user needs the rights Describe and Write on transactional ids that begin with '%s'"
              .formatted(prefix));
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

  private Optional<Config> config(ConfigResource.Type type, String name) {
    ConfigResource resource = new ConfigResource(type, name);
    try {
      return Optional.of(answer(admin.describeConfigs(List.of(resource)).values().get(resource)));
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
