package io.streamforge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A market that happens now: in each partition the book and the trades of one symbol, and
 * heartbeats. The venue's clock is right. Those of its receivers may be wrong, a partition each.
 */
final class ClockedFeed implements AutoCloseable {
  static final int PARTITIONS = 4;
  static final List<String> TOPICS = List.of("raw-orderbooks", "raw-trades");

  private static final long STEP_MS = 50;

  /** More than source.max-lateness. */
  private static final long TRADES_LATE_US = 600_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService steps = Executors.newSingleThreadScheduledExecutor();
  private final LongUnaryOperator venue;
  private final ScheduledFuture<?> stepping;
  private volatile List<LongUnaryOperator> wrong = List.of();
  private volatile Exception failure;
  private long sequence;

  /**
   * @param venue what time it is when the broker's clock says one; microseconds since the epoch
   */
  ClockedFeed(String bootstrapServers, LongUnaryOperator venue) {
    this.venue = venue;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    stepping = steps.scheduleAtFixedRate(this::step, 0, STEP_MS, TimeUnit.MILLISECONDS);
  }

  /** From now on the clocks of the first partitions' receivers say these things at a time. */
  void receiveBy(List<LongUnaryOperator> clocks) {
    wrong = clocks;
  }

  /** The time by the broker's clock, microseconds since the epoch. */
  static long nowUs() {
    return System.currentTimeMillis() * 1000;
  }

  private void step() {
    long nowUs = venue.applyAsLong(nowUs());
    List<LongUnaryOperator> clocks = wrong;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      long receivedUs =
          partition < clocks.size() ? clocks.get(partition).applyAsLong(nowUs) : nowUs;
      send("raw-orderbooks", partition, receivedUs, book(partition, nowUs));
      send("raw-trades", partition, receivedUs, trade(partition, nowUs));
      for (String topic : TOPICS) {
        send(topic, partition, receivedUs, null);
      }
    }
    sequence++;
  }

  private String book(int partition, long nowUs) {
    String follows =
        sequence == 0 ? "\"snapshot\":true" : "\"previous_sequence\":%d".formatted(sequence - 1);
    return """
        {"type":"book","venue":"acme","symbol":"S%d",%s,"sequence":%d,"event_time_us":%d,\
        "bids":[["10.%d","%d"]],"asks":[["12.%d","1"]]}"""
        .formatted(
            partition, follows, sequence, nowUs, sequence % 10, 1 + sequence % 3, sequence % 10);
  }

  /** Late, so that it counts by its receipt. */
  private String trade(int partition, long nowUs) {
    return """
        {"type":"trade","venue":"acme","symbol":"S%d","trade_id":"%d","price":"11.%d",\
        "quantity":"1","side":"buy","event_time_us":%d}"""
        .formatted(partition, sequence, (sequence + partition) % 10, nowUs - TRADES_LATE_US);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
  private void send(String topic, int partition, long receivedUs, String value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            partition,
            value == null ? null : ("S" + partition).getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8));
    record.headers().add("venue", "streamforge".getBytes(UTF_8));
    record.headers().add("receive_time_us", Long.toString(receivedUs).getBytes(UTF_8));
    producer.send(
        record,
        (metadata, e) -> {
          if (e != null) {
            failure = e;
          }
        });
  }

  /** Kafka has refused nothing. */
  void assertAllIsSent() {
    assertThat(failure).isNull();
  }

  @Override
  public void close() throws InterruptedException {
    stepping.cancel(false);
    steps.shutdown();
    if (!steps.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the feed does not end");
    }
    producer.close();
  }
}
