package io.streamforge.kafka.log;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator.PartitionOffsetsRetrieverImpl;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;

/**
 * The metric {@code log_begins_ms}: since when Kafka has all records of a topic, milliseconds since
 * the epoch; 0 where it has deleted none. Who is behind by the log's age loses records.
 */
final class LogAge {
  private static final long INTERVAL_MS = 60_000;

  private volatile long beginsMs;

  private LogAge() {}

  /** Asks from now on each minute, beside what else the context does. */
  static void watch(SplitEnumeratorContext<?> context, Properties client, String topic) {
    LogAge age = new LogAge();
    context.metricGroup().gauge("log_begins_ms", () -> age.beginsMs);
    context.callAsync(
        () -> beginsMs(client, topic),
        (begins, failure) -> {
          if (failure == null) { // else the readers say it, if it lasts
            age.beginsMs = begins;
          }
        },
        0,
        INTERVAL_MS);
  }

  private static long beginsMs(Properties client, String topic)
      throws ExecutionException, InterruptedException {
    try (AdminClient admin = AdminClient.create(client)) {
      List<TopicPartition> partitions =
          admin
              .describeTopics(List.of(topic))
              .topicNameValues()
              .get(topic)
              .get()
              .partitions()
              .stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      PartitionOffsetsRetriever log = new PartitionOffsetsRetrieverImpl(admin, null);
      Map<TopicPartition, Long> begins = log.beginningOffsets(partitions);
      List<TopicPartition> cut = partitions.stream().filter(p -> begins.get(p) > 0).toList();
      return LogPositions.firstsMs(cut, log).values().stream()
          .mapToLong(Long::longValue)
          .max()
          .orElse(0);
    }
  }
}
