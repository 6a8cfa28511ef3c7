package io.streamforge.testkit.feed;

import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a schedule's records at their pace, on a thread of its own. None is skipped: one that is
 * late bears the time at which it should have been sent.
 */
public final class PacedFeed implements AutoCloseable {
  private final RunTopics topics;
  private final Schedule schedule;
  private final Pace pace;
  private final Histogram lateUs = new Histogram(3);
  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile Exception failure;

  private PacedFeed(RunTopics topics, Schedule schedule, Pace pace) {
    this.topics = topics;
    this.schedule = schedule;
    this.pace = pace;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topics.bootstrapServers(),
                // Without it there is a request a message, and the broker is what is measured.
                ProducerConfig.LINGER_MS_CONFIG,
                "1",
                ProducerConfig.BATCH_SIZE_CONFIG,
                String.valueOf(256 << 10),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.thread = new Thread(this::send, "feed");
  }

  public static PacedFeed start(RunTopics topics, Schedule schedule, Pace pace) {
    PacedFeed feed = new PacedFeed(topics, schedule, pace);
    feed.thread.start();
    return feed;
  }

  private void send() {
    for (RawRecord record : schedule) {
      for (long wait = pace.waitNs(record.receiveTimeUs());
          wait > 0 && !stopped;
          wait = pace.waitNs(record.receiveTimeUs())) {
        LockSupport.parkNanos(wait);
      }
      if (stopped) {
        return;
      }
      lateUs.recordValue(Math.max(0, WallClock.nowUs() - record.receiveTimeUs()));
      send(record);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
  private void send(RawRecord record) {
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(
            topics.of(record.topic()),
            record.partition(),
            record.receiveTimeUs() / 1000,
            record.key(),
            record.value());
    sent.headers().add(RawHeaders.RECEIVE_TIME, ascii(Long.toString(record.receiveTimeUs())));
    if (record.venue() != null) {
      sent.headers().add(RawHeaders.VENUE, ascii(record.venue()));
    }
    producer.send(
        sent,
        (metadata, e) -> {
          if (e != null) {
            failure = e;
          }
        });
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns when all of it has been sent. */
  public void awaitEnd() throws InterruptedException {
    thread.join();
    end();
  }

  /**
   * Ends it: what has not been sent is not needed.
   *
   * @return by how much records were sent late, microseconds
   * @throws IllegalStateException if Kafka has refused any
   */
  public Histogram end() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.flush();
    if (failure != null) {
      throw new IllegalStateException("Kafka has refused a message: " + failure, failure);
    }
    return lateUs;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.close();
  }
}
