package io.streamforge.kafka;

import io.streamforge.settings.SettingsException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/** Whether a job can write to its topics out, asked before it starts. */
public final class TopicOutChecks {
  private final KafkaTopics topics;
  private final KafkaConnection connection;

  TopicOutChecks(KafkaTopics topics, KafkaConnection connection) {
    this.topics = topics;
    this.connection = connection;
  }

  /**
   * Checks that this user may write to a topic, and that the topic keeps every record. A sink that
   * writes in transactions also reads its topic, to find those that an earlier run has left open.
   *
   * @throws SettingsException if the topic does not exist, or one of these does not hold
   */
  public void check(TopicOut out) {
    checkRights(out);
    topics
        .config(ConfigResource.Type.TOPIC, out.topic())
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
    Set<AclOperation> held = topics.describe(out.key(), out.topic()).authorizedOperations();
    if (held == null) {
      return; // a broker that does not tell
    }
    List<AclOperation> needed =
        connection.isTransactional()
            ? List.of(AclOperation.WRITE, AclOperation.READ)
            : List.of(AclOperation.WRITE);
    List<String> missing =
        needed.stream().filter(right -> !held.contains(right)).map(TopicOutChecks::name).toList();
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
    topics
        .maxMessageBytes(out.topic())
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
    try {
      topics.useTransactionalId(prefix + "probe");
    } catch (AuthorizationException e) {
      throw SettingsException.of(
          KafkaConnection.DELIVERY_GUARANTEE,
          connection.guarantee(),
          "at-least-once, or this user needs the rights Describe and Write on transactional ids that begin with '%s'"
              .formatted(prefix));
    }
  }
}
