package io.streamforge.testkit.feed;

import io.streamforge.topic.RawRecord;
import io.streamforge.topic.RawTopicWriter;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sends a schedule's records at their pace, on a thread of its own. None is skipped: one that is
 * late bears the time at which it should have been sent.
 */
public final class PacedFeed implements AutoCloseable {
  private final RunTopics topics;
  private final Schedule schedule;
  private final Pace pace;
  private final Histogram lateUs = new Histogram(3);
  private final RawTopicWriter writer;
  private final Thread thread;
  private volatile boolean stopped;

  private PacedFeed(RunTopics topics, Schedule schedule, Pace pace) {
    this.topics = topics;
    this.schedule = schedule;
    this.pace = pace;
    Properties kafka = new Properties();
    // Without it there is a request a message, and the broker is what is measured.
    kafka.put(ProducerConfig.LINGER_MS_CONFIG, "1");
    kafka.put(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(256 << 10));
    this.writer = RawTopicWriter.connect(topics.bootstrapServers(), kafka, topics.in());
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

  private void send(RawRecord record) {
    String topic = topics.of(record.topic());
    if (record.value() == null) {
      writer.heartbeat(topic, record.partition(), record.receiveTimeUs());
    } else {
      writer.send(topic, record.key(), record.venue(), record.receiveTimeUs(), record.value());
    }
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
    writer.flush();
    return lateUs;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    writer.close();
  }
}
