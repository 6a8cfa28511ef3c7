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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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
    topics.addAll(
        List.of(
            settings.get(MarketGraphOptions.SYMBOL_FEATURES_TOPIC),
            settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC),
            settings.get(MarketGraphOptions.BOOK_RESYNC_TOPIC),
            settings.get(MarketGraphOptions.DEAD_LETTERS_TOPIC)));
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
   * @param replicationFactor empty for the broker's default
   * @throws KafkaException if the broker does not answer, or refuses
   */
  public static List<String> createMissing(
      Admin admin, Settings settings, int partitions, Optional<Short> replicationFactor)
      throws InterruptedException {
    try {
      Set<String> existing = admin.listTopics().names().get();
      List<String> missing =
          all(settings).stream().filter(topic -> !existing.contains(topic)).toList();
      admin
          .createTopics(
              missing.stream()
                  .map(topic -> new NewTopic(topic, Optional.of(partitions), replicationFactor))
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
