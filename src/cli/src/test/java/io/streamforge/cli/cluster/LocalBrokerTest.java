package io.streamforge.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
  private static final long YEARS_AGO = 1_262_304_000_000L; // 2010-01-01

  @TempDir Path baseDir;

  @BeforeAll
  static void bePatient() {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  @Test
  void returnsRecordOfYearsAgoToConsumerGroup() throws Exception {
    try (LocalBroker broker = LocalBroker.start(baseDir)) {
      broker.createTopic("raw-trades", 1);
      write(broker, new ProducerRecord<>("raw-trades", 0, YEARS_AGO, "BTCUSDT", "one"));

      assertThat(read(broker, "raw-trades"))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.timestamp()).isEqualTo(YEARS_AGO);
                assertThat(record.value()).isEqualTo("one");
              });
    }
    assertThat(baseDir).isEmptyDirectory();
  }

  @Test
  void committedTransactionIsRead() throws Exception {
    try (LocalBroker broker = LocalBroker.start(baseDir)) {
      broker.createTopic("graph-features", 2);
      Map<String, Object> settings =
          Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "t");
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("graph-features", "market", "one")).get();
        producer.commitTransaction();
      }

      assertThat(read(broker, "graph-features")).hasSize(1);
    }
  }

  @Test
  void goesOnWithTheDataOfAnEarlierOne() throws Exception {
    try (LocalBroker broker = LocalBroker.resume(baseDir, 0)) {
      broker.createTopic("raw-trades", 1);
    }
    try (LocalBroker broker = LocalBroker.resume(baseDir, 0)) {
      assertThat(broker.admin().listTopics().names().get()).containsExactly("raw-trades");
    }
  }

  @Test
  void refusesTopicThatExists() throws Exception {
    try (LocalBroker broker = LocalBroker.start(baseDir)) {
      broker.createTopic("raw-trades", 1);

      assertThatThrownBy(() -> broker.createTopic("raw-trades", 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("raw-trades");
    }
  }

  @Test
  void namesPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> LocalBroker.start(baseDir, port))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(port));
    }
  }

  private static void write(LocalBroker broker, ProducerRecord<String, String> record)
      throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(record).get();
    }
  }

  private static List<ConsumerRecord<String, String>> read(LocalBroker broker, String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "group.id", "test",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      await()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return !records.isEmpty();
              });
      return records;
    }
  }
}
