package io.streamforge.cli.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.marketgraph.Settings;
import io.streamforge.testkit.RawMessage;
import io.streamforge.topic.RawTopicWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a feed sends, and what it waits for. */
class FeedTest {
  private static final String BOOKS = "raw-orderbooks";
  private static final String TRADES = "raw-trades";
  private static final long START_US = 1_790_000_000_000_000L;
  private static final long SECOND_US = 1_000_000;

  @TempDir Path folder;

  private MockProducer<byte[], byte[]> kafka;

  private Feed play(int partitions, Map<String, String> settings, RawMessage... messages)
      throws IOException {
    Path file = folder.resolve("recording.jsonl.gz");
    try (RecordingWriter recording = new RecordingWriter(file)) {
      for (RawMessage message : messages) {
        recording.write(message);
      }
    }
    Node node = new Node(0, "localhost", 1);
    List<PartitionInfo> infos =
        Stream.of(BOOKS, TRADES)
            .flatMap(
                topic ->
                    Stream.iterate(0, i -> i < partitions, i -> i + 1)
                        .map(i -> new PartitionInfo(topic, i, node, new Node[0], new Node[0])))
            .toList();
    kafka =
        new MockProducer<>(
            new Cluster("test", List.of(node), infos, Set.of(), Set.of()),
            true,
            null,
            new ByteArraySerializer(),
            new ByteArraySerializer());
    Map<String, String> given = new TreeMap<>(settings);
    given.put("kafka.bootstrap-servers", "none:0");
    try (Recordings recordings = new Recordings(List.of(file));
        RawTopicWriter topics = new RawTopicWriter(kafka, List.of(BOOKS, TRADES))) {
      Feed feed = new Feed(topics, new Settings(given), Feed.MAX_SPEED);
      feed.play(recordings);
      return feed;
    }
  }

  private static RawMessage trade(String venue, String key, int second) {
    long timeUs = START_US + second * SECOND_US;
    return new RawMessage(
        TRADES,
        key,
        venue,
        timeUs,
        "{\"type\":\"trade\",\"venue\":\"acme\",\"symbol\":\"X\",\"trade_id\":\"1\",\"price\":\"1\",\"quantity\":\"1\",\"side\":\"buy\",\"event_time_us\":%d}"
            .formatted(timeUs));
  }

  private List<ProducerRecord<byte[], byte[]>> sent() {
    return kafka.history().stream().filter(record -> record.partition() == null).toList();
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return headers;
  }

  @Test
  void sendsWhatARecordingHolds() throws IOException {
    byte[] bytes = {10, 4, (byte) 0xff, 1};
    play(
        1,
        Map.of(),
        trade("streamforge", "X", 0).inSession("a-1"),
        RawMessage.binary(BOOKS, "X", "market-data-event", START_US, bytes),
        RawMessage.disconnected(BOOKS, "X", "gemini", "g-1", START_US));
    String time = Long.toString(START_US);
    assertThat(sent())
        .extracting(FeedTest::headers)
        .containsExactly(
            Map.of("venue", "streamforge", "connection", "a-1", "receive_time_us", time),
            Map.of("venue", "market-data-event", "receive_time_us", time),
            Map.of(
                "venue",
                "gemini",
                "connection",
                "g-1",
                "event",
                "disconnected",
                "receive_time_us",
                time));
    assertThat(sent().get(1).value()).isEqualTo(bytes);
    assertThat(sent().get(2).value()).isNull();
    assertThat(sent().get(2).key()).asString(UTF_8).isEqualTo("X");
  }

  /** A feed that thinks that nothing can be read does not wait for what is to come. */
  @Test
  void waitsForMessagesOfTheDefaultVenue() throws IOException {
    RawMessage message = trade(null, "X", 0);
    Feed feed = play(1, Map.of("source.default-venue", "streamforge"), message);
    assertThat(feed.unreadable()).isZero();
    assertThat(feed.expected().instrumentsOfLast()).containsExactly("acme:X");

    Feed without = play(1, Map.of(), message);
    assertThat(without.unreadable()).isEqualTo(1);
    assertThat(without.expected().isEmpty()).isTrue();
  }

  @Test
  void waitsForTheDeadLettersThatTheJobMakes() throws IOException {
    RawMessage withoutKey = trade("streamforge", null, 0);
    RawMessage garbage = new RawMessage(BOOKS, "Y", "gemini", START_US + SECOND_US, "{");
    assertThat(play(2, Map.of(), withoutKey, garbage).unreadable()).isEqualTo(2);
    Feed feed = play(1, Map.of(), withoutKey, garbage);
    assertThat(feed.unreadable()).isEqualTo(1);
    // The book of Y is none, whatever could not be read of it.
    assertThat(feed.expected().lastUs()).isEqualTo(START_US + SECOND_US);
    assertThat(feed.expected().instrumentsOfLast()).containsExactly("acme:X");
  }
}
