package io.streamforge.local;

import io.streamforge.job.Settings;
import io.streamforge.job.StreamForgeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/** The topics of a job, in and out. */
public final class Topics {
  private Topics() {}

  /** Those that it reads. */
  static List<String> in(Settings settings) {
    return List.of(
        settings.get(StreamForgeOptions.ORDERBOOKS_TOPIC),
        settings.get(StreamForgeOptions.TRADES_TOPIC));
  }

  /** Those that it reads, and those that it writes. */
  static List<String> all(Settings settings) {
    List<String> topics = new ArrayList<>(in(settings));
    topics.addAll(
        List.of(
            settings.get(StreamForgeOptions.SYMBOL_FEATURES_TOPIC),
            settings.get(StreamForgeOptions.GRAPH_FEATURES_TOPIC),
            settings.get(StreamForgeOptions.BOOK_RESYNC_TOPIC),
            settings.get(StreamForgeOptions.DEAD_LETTERS_TOPIC)));
    return topics;
  }

  /**
   * Creates those that do not exist, and returns their names.
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
      return missing;
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause().getMessage(), e.getCause());
    }
  }
}
