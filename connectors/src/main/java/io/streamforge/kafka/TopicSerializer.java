package io.streamforge.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Hands {@link OutputRecord}s to a topic; the key chooses the partition. */
public final class TopicSerializer implements KafkaRecordSerializationSchema<OutputRecord> {
  private static final long serialVersionUID = 1;

  private final String topic;

  public TopicSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutputRecord record, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> produced =
        new ProducerRecord<>(
            topic,
            null,
            record.timestampMs() < 0 ? null : record.timestampMs(),
            record.key(),
            record.value());
    record
        .headers()
        .forEach(
            (name, text) -> produced.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return produced;
  }
}
