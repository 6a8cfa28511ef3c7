package io.streamforge.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.marketgraph.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From when on two topics are alike. */
class TopicComparisonTest {
  @TempDir Path folder;

  private KafkaProducer<byte[], byte[]> producer;

  private void send(String topic, long timeMs, String key, String value) throws Exception {
    producer.send(new ProducerRecord<>(topic, null, timeMs, bytes(key), bytes(value))).get();
  }

  private void send(String topic, long timeMs, String offsets, String idle, String value)
      throws Exception {
    ProducerRecord<byte[], byte[]> graph =
        new ProducerRecord<>(topic, null, timeMs, bytes("market"), bytes(value));
    graph.headers().add("input_offsets", bytes(offsets)).add("idle_partitions", bytes(idle));
    producer.send(graph).get();
  }

  /** Whether a partition was idle is of one run. */
  @Test
  void graphsThatRestOnOtherRecordsAreNotAlike() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder);
        KafkaProducer<byte[], byte[]> own = producer(broker)) {
      producer = own;
      for (String topic : List.of("old", "new")) {
        broker.createTopic(topic, 1);
        send(topic, 1_000, "raw-trades/0:1-" + topic.length(), "", "same");
        send(topic, 2_000, "raw-trades/0:5-" + topic, "", "same");
        send(topic, 3_000, "raw-trades/0:9-9", topic, "same");
      }
      TopicComparison comparison = TopicComparison.of(settings(broker), "old", "new");
      assertThat(comparison.different()).isOne();
      assertThat(comparison.alikeSinceUs()).hasValue(3_000_000);
    }
  }

  private static Settings settings(LocalBroker broker) {
    return new Settings(Map.of("kafka.bootstrap-servers", broker.bootstrapServers()));
  }

  private static KafkaProducer<byte[], byte[]> producer(LocalBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void areAlikeSinceTheFirstTimeAfterTheLastThatDiffers() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder)) {
      Settings settings = settings(broker);
      producer = producer(broker);
      broker.createTopic("old", 1);
      broker.createTopic("new", 2);
      send("old", 1_000, "a", "before the new one began");
      send("old", 2_000, "a", "same");
      assertThatThrownBy(() -> TopicComparison.of(settings, "old", "new"))
          .hasMessage("old and new have no time in common yet");

      send("new", 2_000, "a", "other");
      TopicComparison one = TopicComparison.of(settings, "old", "new");
      assertThat(one.alikeSinceUs()).isEmpty();

      for (String topic : new String[] {"old", "new", "new"}) { // one of them repeats itself
        send(topic, 3_000, "a", "same");
        send(topic, 3_000, "b", "same too");
        send(topic, 4_000, "a", "same");
      }
      send("old", 5_000, "a", "to which the new one has not come");
      TopicComparison more = TopicComparison.of(settings, "old", "new");
      assertThat(more.fromUs()).isEqualTo(2_000_000);
      assertThat(more.toUs()).isEqualTo(4_000_000);
      assertThat(more.times()).isEqualTo(3);
      assertThat(more.different()).isOne();
      assertThat(more.alikeSinceUs()).hasValue(3_000_000);

      send("new", 5_000, "a", "to which the new one has not come");
      send("new", 5_000, "c", "of which the old one knows nothing");
      assertThat(TopicComparison.of(settings, "old", "new").alikeSinceUs()).isEmpty();
      producer.close();
    }
  }
}
