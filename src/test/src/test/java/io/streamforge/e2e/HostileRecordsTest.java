package io.streamforge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.record.DeadLetterRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Records that are made to stop the market: each becomes a dead letter that its topic takes, and
 * what comes after it is published. Compressed they are small, so that the broker takes them.
 */
@Timeout(120)
class HostileRecordsTest {
  private static final long START_US = 1_723_161_256_000_000L;
  private static final int MEGABYTE = 1 << 20;
  private static final byte[] OKX = "okx".getBytes(UTF_8);
  private static final byte[] KEY = "X".getBytes(UTF_8);

  private static byte[] of(int bytes, int each) {
    byte[] all = new byte[bytes];
    Arrays.fill(all, (byte) each);
    return all;
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, byte[] key, byte[] value, byte[] venue, byte[] time) {
    return record(topic, START_US, key, value, venue, time);
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, long writtenUs, byte[] key, byte[] value, byte[] venue, byte[] time) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 0, writtenUs / 1000, key, value);
    record.headers().add("venue", venue).add("receive_time_us", time);
    return record;
  }

  /** By the reason that is right. */
  private static Map<String, List<ProducerRecord<byte[], byte[]>>> hostile(String topic) {
    byte[] now = Long.toString(START_US).getBytes(UTF_8);
    byte[] noText = of(11 * MEGABYTE, 0xff);
    byte[] heartbeat = null;
    ProducerRecord<byte[], byte[]> event = record(topic, KEY, heartbeat, OKX, now);
    event.headers().add("event", noText).add("connection", noText).add("traceparent", noText);
    ProducerRecord<byte[], byte[]> manyHeaders = record(topic, KEY, of(9, '['), OKX, now);
    for (int i = 0; i < 50_000; i++) {
      manyHeaders.headers().add("venue" + i, OKX);
    }
    Map<String, List<ProducerRecord<byte[], byte[]>>> records = new TreeMap<>();
    records.put(
        "message-too-large",
        List.of(
            record(topic, KEY, of(40 * MEGABYTE, ' '), OKX, now),
            record(topic, KEY, of(16 * MEGABYTE + 1, ' '), OKX, now)));
    records.put(
        "malformed-json",
        List.of(
            record(topic, KEY, of(MEGABYTE / 2 - 1, '{'), OKX, now),
            record(topic, of(5 * MEGABYTE, 'k'), of(3, 0), OKX, now)));
    records.put(
        "unexpected-shape",
        List.of(
            record(topic, KEY, of(16 * MEGABYTE, '['), OKX, now),
            record(topic, KEY, of(1, '7'), OKX, now),
            record(topic, KEY, new byte[0], OKX, now),
            manyHeaders));
    records.put("unknown-venue", List.of(record(topic, KEY, of(MEGABYTE, '7'), noText, now)));
    records.put("bad-receive-time", List.of(record(topic, KEY, of(1, '7'), OKX, noText)));
    records.put("unknown-event", List.of(event));
    return records;
  }

  private static ProducerRecord<byte[], byte[]> trade(long timeUs) {
    String trade =
        """
        {"type":"trade","venue":"acme","symbol":"GOOD","price":"10","quantity":"1",\
        "event_time_us":%d}"""
            .formatted(timeUs);
    return record(
        "raw-trades",
        timeUs,
        KEY,
        trade.getBytes(UTF_8),
        "streamforge".getBytes(UTF_8),
        Long.toString(timeUs).getBytes(UTF_8));
  }

  @Test
  void becomeDeadLettersAndTheMarketGoesOn() throws Exception {
    try (EmbeddedJob market = EmbeddedJob.start(1, 1, 0, Map.of())) {
      Map<String, Object> client =
          Map.of(
              "bootstrap.servers",
              market.broker().bootstrapServers(),
              "compression.type",
              "zstd",
              "max.request.size",
              "67108864",
              "buffer.memory",
              "134217728");
      Set<String> expected = new HashSet<>();
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.send(trade(START_US)).get();
        for (String topic : List.of("raw-orderbooks", "raw-trades")) {
          for (var records : hostile(topic).entrySet()) {
            for (ProducerRecord<byte[], byte[]> record : records.getValue()) {
              long offset = producer.send(record).get().offset();
              expected.add(topic + " " + offset + " " + records.getKey());
            }
          }
        }
        producer.send(trade(START_US + 3_000_000)).get();
        for (String topic : List.of("raw-orderbooks", "raw-trades")) {
          long laterUs = START_US + 20_000_000;
          byte[] later = Long.toString(laterUs).getBytes(UTF_8);
          producer.send(record(topic, laterUs, null, null, OKX, later)).get();
        }
      }
      Set<String> letters = new HashSet<>();
      Set<Long> tradedMs = new HashSet<>();
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", market.broker().bootstrapServers()),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer())) {
        consumer.assign(
            Stream.of("dead-letters", "symbol-features")
                .map(topic -> new TopicPartition(topic, 0))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        await()
            .atMost(Duration.ofSeconds(90))
            .untilAsserted(
                () -> {
                  for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
                    if (record.topic().equals("symbol-features")) {
                      tradedMs.add(record.timestamp());
                    } else {
                      letters.add(letter(record));
                    }
                  }
                  assertThat(letters).isEqualTo(expected);
                  assertThat(tradedMs).hasSizeGreaterThan(4);
                });
      }
    }
  }

  private static String letter(ConsumerRecord<byte[], byte[]> record) throws Exception {
    DeadLetterRecord letter = DeadLetterRecord.read(record.headers());
    assertThat(record.serializedValueSize()).isLessThanOrEqualTo(DeadLetterRecord.MAX_VALUE_BYTES);
    assertThat(letter.whole() != null)
        .isEqualTo(record.serializedValueSize() == DeadLetterRecord.MAX_VALUE_BYTES);
    return letter.topic() + " " + letter.offset() + " " + letter.reason();
  }
}
