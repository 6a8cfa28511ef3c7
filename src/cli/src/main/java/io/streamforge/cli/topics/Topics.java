package io.streamforge.cli.topics;

import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.topic.RawTopicWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;

/** The topics of a job, in and out. */
public final class Topics {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Topics() {}

  /** Those that it reads. */
  public static List<String> in(Settings settings) {
    return List.of(
        settings.get(MarketGraphOptions.ORDERBOOKS_TOPIC),
        settings.get(MarketGraphOptions.TRADES_TOPIC));
  }

  /** Those that it reads, and those that it writes. */
  public static List<String> all(Settings settings) {
    List<String> topics = new ArrayList<>(in(settings));
    topics.addAll(OutTopics.of(settings).all());
    return topics;
  }

  /**
   * Writes those that it reads.
   *
   * @throws KafkaException if the broker does not answer, or lacks one
   */
  public static RawTopicWriter writer(Settings settings) {
    return RawTopicWriter.connect(
        settings.bootstrapServers(), settings.kafkaProperties(), in(settings));
  }

  /**
   * Reads topics of the broker that the settings name.
   *
   * @throws KafkaException if the broker does not answer
   * @throws IllegalArgumentException if it lacks one
   */
  public static TopicReader reader(Settings settings, List<String> topics) {
    return new TopicReader(settings.bootstrapServers(), settings.kafkaProperties(), topics);
  }

  /**
   * Creates those that do not exist, and returns their names when they can be written: what is sent
   * to a broker that does not lead yet is turned away, and an idempotent producer that has sent
   * more meanwhile may not recover.
   *
   * <p>The broker writes the timestamps of the topics in, so that the job has a clock to hold those
   * of its feeds against. For recordings, whose times are of the past, their producer does.
   *
   * @param replicationFactor empty for the broker's default
   * @param forReplay whether recordings are to be played into the topics in
   * @throws KafkaException if the broker does not answer, or refuses
   */
  public static List<String> createMissing(
      Admin admin,
      Settings settings,
      int partitions,
      Optional<Short> replicationFactor,
      boolean forReplay)
      throws InterruptedException {
    TimestampType writer = forReplay ? TimestampType.CREATE_TIME : TimestampType.LOG_APPEND_TIME;
    Map<String, String> ofRaw = Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, writer.name);
    try {
      Set<String> existing = admin.listTopics().names().get();
      List<String> missing =
          all(settings).stream().filter(topic -> !existing.contains(topic)).toList();
      admin
          .createTopics(
              missing.stream()
                  .map(
                      topic ->
                          new NewTopic(topic, Optional.of(partitions), replicationFactor)
                              .configs(in(settings).contains(topic) ? ofRaw : Map.of()))
                  .toList())
          .all()
          .get();
      awaitLeaders(admin, missing, partitions);
      return missing;
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause().getMessage(), e.getCause());
    }
  }

  /**
   * Refuses topics in of which the broker writes the timestamps. Who may not know is not refused.
   *
   * @throws IllegalArgumentException if there is one
   * @throws KafkaException if the broker does not answer
   */
  public static void checkForReplay(Settings settings) throws InterruptedException {
    List<ConfigResource> resources =
        in(settings).stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    try (Admin admin = admin(settings)) {
      Map<ConfigResource, Config> configs = admin.describeConfigs(resources).all().get();
      for (ConfigResource resource : resources) {
        String writer =
            configs.get(resource).get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
        if (writer.equals(TimestampType.LOG_APPEND_TIME.name)) {
          throw new IllegalArgumentException(
              ("%s of topic %s is %s, must be %s: the times of a recording are of the past, and the job would hold"
                      + " them against the broker's clock. `topics --for-replay` makes such topics; other names are"
                      + " given by --set source.orderbooks.topic=… and --set source.trades.topic=…, here and to the job")
                  .formatted(
                      TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                      resource.name(),
                      writer,
                      TimestampType.CREATE_TIME.name));
        }
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw new KafkaException(e.getCause().getMessage(), e.getCause());
      }
    }
  }

  /** An administration client that does not wait for long. */
  static Admin admin(Settings settings) {
    Properties properties = settings.kafkaProperties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    return Admin.create(properties);
  }

  /**
   * Returns when every partition of new topics has a leader, which alone knows where it ends.
   *
   * @throws ExecutionException what the broker says instead
   */
  public static void awaitLeaders(Admin admin, List<String> topics, int partitions)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (String topic : topics) {
      for (int partition = 0; partition < partitions; partition++) {
        ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        admin.listOffsets(ends).all().get();
        return;
      } catch (ExecutionException e) {
        // The controller has a topic a moment before the brokers know of it.
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }
}
