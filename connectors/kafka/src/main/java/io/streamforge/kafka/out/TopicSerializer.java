package io.streamforge.kafka.out;

import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Hands {@link OutputRecord}s to a topic; the key chooses the partition. A sink asks it for the
 * topic, to find the transactions that an earlier run has left open there.
 */
public final class TopicSerializer
    implements KafkaRecordSerializationSchema<OutputRecord>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1;

  private final String topic;

  private transient MetricGroup metrics;

  /** Null before the first record that has a time: a subtask without records has no series. */
  private transient EmissionMetrics emission;

  public TopicSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public void open(
      SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
    metrics = context.getMetricGroup();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutputRecord record, KafkaSinkContext context, Long timestamp) {
    boolean timed = record.timestampMs() >= 0;
    ProducerRecord<byte[], byte[]> produced =
        new ProducerRecord<>(
            topic, null, timed ? record.timestampMs() : null, record.key(), record.value());
    record
        .headers()
        .forEach(
            (name, text) -> produced.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    if (timed) {
      if (emission == null) {
        emission = new EmissionMetrics(metrics, Clock.systemUTC());
      }
      emission.emitted(record.timestampMs());
    }
    return produced;
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
  }
}
