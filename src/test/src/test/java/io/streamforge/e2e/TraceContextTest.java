package io.streamforge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.record.DeadLetterRecord;
import io.streamforge.testkit.RecordSchema;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one message has caused is in that message's trace. */
@Timeout(60)
class TraceContextTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOST = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String GARBAGE = "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000001-00";
  private static final long START_US = 1_723_161_256_000_000L;

  @Test
  void goesFromMessagesToTheirDeadLettersAndToRequestsForSnapshots() throws Exception {
    try (EmbeddedJob market = EmbeddedJob.start(1, 1, 0, Map.of())) {
      Map<String, Object> client = Map.of("bootstrap.servers", market.broker().bootstrapServers());
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
        send(producer, "raw-orderbooks", 0, book("A"), LOST);
        send(producer, "raw-orderbooks", 0, book("B"), "not a trace");
        send(producer, "raw-trades", 0, "not json", GARBAGE);
        send(producer, "raw-trades", 0, "untraced", null);
        for (String topic : List.of("raw-orderbooks", "raw-trades")) {
          send(producer, topic, 20_000_000, null, null);
        }
      }
      try (KafkaConsumer<String, String> consumer =
          new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
        consumer.assign(
            Stream.of("book-resync", "dead-letters", "symbol-features", "graph-features")
                .map(topic -> new TopicPartition(topic, 0))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        Map<String, Optional<String>> traces = new HashMap<>();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> {
                  for (ConsumerRecord<String, String> record : consumer.poll(Duration.ZERO)) {
                    String text = record.value();
                    boolean unique = record.topic().equals("dead-letters");
                    if (unique) {
                      assertThat(
                              RecordSchema.DEAD_LETTER_HEADERS.errors(
                                  JSON.valueToTree(
                                      DeadLetterRecord.read(record.headers()).headers())))
                          .isEmpty();
                    }
                    traces.put(unique ? text : record.topic() + " " + record.key(), trace(record));
                  }
                  return traces.size() == 7;
                });
        assertThat(traces)
            .isEqualTo(
                Map.of(
                    "book-resync A", Optional.of(LOST),
                    "book-resync B", Optional.empty(),
                    "not json", Optional.of(GARBAGE),
                    "untraced", Optional.empty(),
                    "symbol-features acme:A", Optional.empty(),
                    "symbol-features acme:B", Optional.empty(),
                    "graph-features market", Optional.empty()));
      }
    }
  }

  /** Of which what it follows is missing. */
  private static String book(String symbol) {
    return """
        {"type":"book","venue":"acme","symbol":"%s","previous_sequence":7,"sequence":8,\
        "bids":[["10","1"]],"asks":[["11","1"]]}"""
        .formatted(symbol);
  }

  private static void send(
      KafkaProducer<String, String> producer,
      String topic,
      long laterUs,
      String value,
      String traceparent)
      throws Exception {
    long timeUs = START_US + laterUs;
    ProducerRecord<String, String> record =
        new ProducerRecord<>(topic, 0, timeUs / 1000, "key", value);
    record.headers().add("venue", "streamforge".getBytes(UTF_8));
    record.headers().add("receive_time_us", Long.toString(timeUs).getBytes(UTF_8));
    if (traceparent != null) {
      record.headers().add("traceparent", traceparent.getBytes(UTF_8));
    }
    producer.send(record).get();
  }

  private static Optional<String> trace(ConsumerRecord<String, String> record) {
    return Optional.ofNullable(record.headers().lastHeader("traceparent"))
        .map(header -> new String(header.value(), UTF_8));
  }
}
