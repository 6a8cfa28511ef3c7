package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.kafka.log.BoundedPolls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a batch that is small for Kafka and large for a heap a poll returns a part. */
@Timeout(120)
class BoundedPollsTest {
  private static final int MEGABYTE = 1 << 20;
  private static final String TOPIC = "polled";

  private static Future<RecordMetadata> send(
      KafkaProducer<byte[], byte[]> producer, int partition, int header) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(TOPIC, partition, new byte[9], new byte[3 * MEGABYTE]);
    record.headers().add("h", new byte[header]);
    return producer.send(record);
  }

  private static long bytes(ConsumerRecords<byte[], byte[]> records) {
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      bytes += record.value().length + record.key().length;
      bytes += record.headers().lastHeader("h").value().length;
    }
    return bytes;
  }

  @Test
  void aPollHasSomeMegabytesAndNothingIsLeftOut() throws Exception {
    try (LocalBroker broker = LocalBroker.start(null)) {
      broker.createTopic(TOPIC, 2);
      Map<String, Object> client =
          Map.of(
              "bootstrap.servers",
              broker.bootstrapServers(),
              "compression.type",
              "zstd",
              "linger.ms",
              "200",
              "max.request.size",
              String.valueOf(64 * MEGABYTE));
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          sent.add(send(producer, i % 2, i % 4 == 0 ? 8 * MEGABYTE : 1));
        }
        for (int i = 0; i < 1000; i++) {
          sent.add(producer.send(new ProducerRecord<>(TOPIC, 0, new byte[1], new byte[1])));
        }
        for (Future<RecordMetadata> each : sent) {
          each.get();
        }
      }
      Properties properties = new Properties();
      properties.put("bootstrap.servers", broker.bootstrapServers());
      properties.putAll(BoundedPolls.bound(properties));
      List<Long> offsets = new ArrayList<>();
      int most = 0;
      try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
        consumer.assign(List.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1)));
        consumer.seekToBeginning(consumer.assignment());
        while (offsets.size() < 1020 || consumer.position(new TopicPartition(TOPIC, 1)) < 20) {
          ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
          most = Math.max(most, records.count());
          for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.headers().lastHeader("h") == null) {
              record.headers().add("h", new byte[0]);
            }
          }
          assertThat(bytes(records)).isLessThanOrEqualTo(8 * MEGABYTE + 11 * MEGABYTE + 10);
          records
              .records(new TopicPartition(TOPIC, 0))
              .forEach(record -> offsets.add(record.offset()));
        }
      }
      assertThat(offsets).isEqualTo(LongStream.range(0, 1020).boxed().toList());
      assertThat(most).isEqualTo(500);
    }
  }
}
