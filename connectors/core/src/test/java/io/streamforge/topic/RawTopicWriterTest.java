package io.streamforge.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What stands in the raw topics. */
class RawTopicWriterTest {
  private static final long TIME_US = 1_723_161_254_087_896L;

  private final MockProducer<byte[], byte[]> kafka = kafka(true);

  private static MockProducer<byte[], byte[]> kafka(boolean accepting) {
    Node node = new Node(0, "localhost", 1);
    List<PartitionInfo> partitions =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new PartitionInfo(
                        i < 2 ? "books" : "trades", i % 2, node, new Node[] {node}, new Node[0]))
            .toList();
    Cluster cluster = new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
    return new MockProducer<>(
        cluster, accepting, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    return headers;
  }

  @Test
  void aMessageHasItsKeyItsVenueAndItsReceiveTime() {
    try (RawTopicWriter writer = new RawTopicWriter(kafka, List.of("books", "trades"))) {
      writer.send("trades", "X".getBytes(UTF_8), "acme", TIME_US, "{}".getBytes(UTF_8));
      writer.flush();
    }
    ProducerRecord<byte[], byte[]> sent = kafka.history().get(0);
    assertThat(sent.topic()).isEqualTo("trades");
    assertThat(sent.partition()).isNull(); // the key says which
    assertThat(sent.key()).asString(UTF_8).isEqualTo("X");
    assertThat(sent.value()).asString(UTF_8).isEqualTo("{}");
    assertThat(sent.timestamp()).isEqualTo(TIME_US / 1000);
    assertThat(headers(sent))
        .isEqualTo(Map.of("venue", "acme", "receive_time_us", "1723161254087896"));
  }

  @Test
  void anEndedSessionOfABookIsARecordWithoutAValue() {
    try (RawTopicWriter writer = new RawTopicWriter(kafka, List.of("books", "trades"))) {
      assertThat(writer.hasSeveralPartitions()).isTrue();
      writer.disconnected("books", "X".getBytes(UTF_8), "acme", "a-1", TIME_US);
      writer.disconnected("books", "X".getBytes(UTF_8), "acme", null, TIME_US);
      assertThatThrownBy(() -> writer.disconnected("other", null, "acme", null, TIME_US))
          .hasMessage("there is a message of topic 'other', the job reads [books, trades]");
    }
    assertThat(kafka.history())
        .allSatisfy(
            sent -> {
              assertThat(sent.partition()).isNull(); // the key says which, as of its messages
              assertThat(sent.key()).asString(UTF_8).isEqualTo("X");
              assertThat(sent.value()).isNull();
            })
        .extracting(RawTopicWriterTest::headers)
        .containsExactly(
            Map.of(
                "venue",
                "acme",
                "connection",
                "a-1",
                "event",
                "disconnected",
                "receive_time_us",
                "1723161254087896"),
            Map.of(
                "venue", "acme", "event", "disconnected", "receive_time_us", "1723161254087896"));
  }

  @Test
  void aHeartbeatGoesToEveryPartitionAndHasAReceiveTimeAlone() {
    try (RawTopicWriter writer = new RawTopicWriter(kafka, List.of("books", "trades"))) {
      writer.heartbeat(TIME_US);
    }
    assertThat(kafka.history())
        .extracting(record -> record.topic() + "/" + record.partition())
        .containsExactly("books/0", "books/1", "trades/0");
    assertThat(kafka.history())
        .allSatisfy(
            record -> {
              assertThat(record.key()).isNull();
              assertThat(record.value()).isNull();
              assertThat(headers(record)).isEqualTo(Map.of("receive_time_us", "1723161254087896"));
            });
  }

  @Test
  void whatKafkaRefusesIsTold() {
    MockProducer<byte[], byte[]> refusing = kafka(false);
    try (RawTopicWriter writer = new RawTopicWriter(refusing, List.of("books"))) {
      writer.send("books", null, null, TIME_US, new byte[1]);
      refusing.errorNext(new RecordTooLargeException("too large"));
      assertThatThrownBy(writer::flush).hasMessageContaining("too large");
      assertThatThrownBy(() -> writer.send("other", null, null, TIME_US, new byte[1]))
          .hasMessage("there is a message of topic 'other', the job reads [books]");
    }
  }
}
