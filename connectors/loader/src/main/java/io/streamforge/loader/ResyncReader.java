package io.streamforge.loader;

import io.streamforge.market.Instrument;
import io.streamforge.record.BookResyncRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads requests for books from the time on at which it starts: earlier ones are answered by the
 * books with which every feed begins.
 */
final class ResyncReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long PAUSE_SECONDS = 5;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Requests requests;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread reader = new Thread(this::read, "book-resync");

  /** Is told of requests. */
  interface Requests {
    void resync(String venue, String symbol, String reason);
  }

  ResyncReader(String bootstrapServers, Properties kafka, String topic, Requests requests) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topic = topic;
    this.requests = requests;
    reader.start();
  }

  private void read() {
    try (consumer) {
      while (isOpen()) {
        try {
          if (consumer.assignment().isEmpty()) {
            begin();
          }
          consumer.poll(POLL).forEach(this::read);
        } catch (WakeupException e) {
          return;
        } catch (KafkaException e) {
          pause(); // the topic may not exist yet, or the broker be down
        }
      }
    }
  }

  private void begin() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(topic, each.partition()))
            .toList();
    if (partitions.isEmpty()) {
      pause();
    } else {
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      BookResyncRecord request = BookResyncRecord.read(record.value());
      Instrument instrument = Instrument.ofId(request.instrument());
      requests.resync(instrument.venue(), instrument.symbol(), request.reason());
    } catch (IOException | IllegalArgumentException e) {
      // Not a request: whoever wrote it asks for nothing that can be answered.
    }
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  private void pause() {
    try {
      closed.await(PAUSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    consumer.wakeup();
    try {
      reader.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
