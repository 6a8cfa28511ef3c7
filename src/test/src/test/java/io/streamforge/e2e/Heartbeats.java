package io.streamforge.e2e;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Says of partitions until when they are complete. */
final class Heartbeats implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  Heartbeats(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Returns when Kafka has it. */
  void send(String topic, int partition, long receiveTimeUs) throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, receiveTimeUs / 1000, null, (byte[]) null);
    record
        .headers()
        .add("receive_time_us", Long.toString(receiveTimeUs).getBytes(StandardCharsets.US_ASCII));
    producer.send(record).get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
