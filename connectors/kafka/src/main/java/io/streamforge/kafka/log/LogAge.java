package io.streamforge.kafka.log;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator.PartitionOffsetsRetrieverImpl;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the partitions of a topic, as Kafka's source asks for them every few seconds, and now and
 * then how far back they go. Metric {@code log_begins_ms}: since when Kafka has all records of the
 * topic, milliseconds since the epoch; 0 where it has deleted none.
 */
final class LogAge implements KafkaSubscriber {
  private static final long serialVersionUID = 1;
  private static final long INTERVAL_NS = 60_000_000_000L;

  private final KafkaSubscriber partitions;
  private transient volatile long beginsMs;
  private transient volatile boolean findsNone;
  private transient boolean asked;
  private transient long askedNs;

  LogAge(String topic) {
    partitions = KafkaSubscriber.getTopicListSubscriber(List.of(topic));
  }

  /** From now on there is no partition that a reader could be given. */
  void findNone() {
    findsNone = true;
  }

  void register(MetricGroup metrics) {
    metrics.gauge("log_begins_ms", () -> beginsMs);
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    Set<TopicPartition> found = partitions.getSubscribedTopicPartitions(admin);
    long nowNs = System.nanoTime();
    if (!asked || nowNs - askedNs >= INTERVAL_NS) {
      asked = true;
      askedNs = nowNs;
      try {
        beginsMs = beginsMs(found, new PartitionOffsetsRetrieverImpl(admin, null));
      } catch (FlinkRuntimeException e) { // no reason to fail a job; it asks again
        asked = false;
      }
    }
    return findsNone ? Set.of() : found;
  }

  private static long beginsMs(Set<TopicPartition> partitions, PartitionOffsetsRetriever log) {
    Map<TopicPartition, Long> begins = log.beginningOffsets(partitions);
    List<TopicPartition> cut = partitions.stream().filter(p -> begins.get(p) > 0).toList();
    return LogPositions.firstsMs(cut, log).values().stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }
}
