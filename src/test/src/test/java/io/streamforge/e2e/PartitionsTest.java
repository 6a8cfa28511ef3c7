package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.record.GraphFeaturesRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions that come, fall silent, lag or lie, under a job that runs. */
@Timeout(180)
class PartitionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_US = 1_723_161_256_000_000L;
  private static final long DAY_US = 86_400_000_000L;
  private static final long SECOND_US = 1_000_000;
  private static final long STEP_US = 100_000;

  private EmbeddedJob market;
  private KafkaProducer<byte[], byte[]> producer;
  private KafkaConsumer<byte[], byte[]> consumer;
  private final TreeSet<String> instruments = new TreeSet<>();
  private final TreeSet<Long> graphTimes = new TreeSet<>();
  private final List<String> reasons = new ArrayList<>();
  private String idle; // of the newest graph
  private long nowUs = START_US;

  private void start(int partitions) throws Exception {
    start(partitions, Map.of("source.max-behind", "1 s"));
  }

  private void start(int partitions, Map<String, String> settings) throws Exception {
    market = EmbeddedJob.start(1, partitions, 0, settings);
    Map<String, Object> client = Map.of("bootstrap.servers", market.broker().bootstrapServers());
    producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        IntStream.range(0, partitions)
            .boxed()
            .flatMap(
                partition ->
                    List.of("symbol-features", "graph-features", "dead-letters").stream()
                        .map(topic -> new TopicPartition(topic, partition)))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
  }

  @AfterEach
  void stop() throws Exception {
    consumer.close();
    producer.close();
    market.close();
  }

  @Test
  void aPartitionAddedAtRunTimeIsRead() throws Exception {
    start(1);
    tradeUntil(List.of(0), () -> instruments.contains("acme:S0"));

    market
        .broker()
        .admin()
        .createPartitions(Map.of("raw-trades", NewPartitions.increaseTo(2)))
        .all()
        .get();
    tradeUntil(List.of(0, 1), () -> instruments.contains("acme:S1"));
    assertThat(reasons).isEmpty();
  }

  @Test
  void aPartitionThatFallsSilentHoldsNobodyBack() throws Exception {
    start(4);
    trade(1, nowUs); // and never again; in the others there is nothing at all
    tradeUntil(
        List.of(0),
        () ->
            instruments.size() > 1 // whose records are read apart from the graphs'
                && !graphTimes.isEmpty()
                && graphTimes.last() >= START_US + 5_000_000);
    assertThat(instruments).containsExactly("acme:S0", "acme:S1");
    // Of which nothing was ever read, too.
    assertThat(idle)
        .isEqualTo(
            "raw-orderbooks/0,raw-orderbooks/1,raw-orderbooks/2,raw-orderbooks/3,"
                + "raw-trades/1,raw-trades/2,raw-trades/3");
  }

  @Test
  void aReceiveTimeInTheFutureIsADeadLetterAndMovesNoWatermark() throws Exception {
    start(1);
    tradeUntil(List.of(0), () -> !graphTimes.isEmpty());
    send(0, nowUs + DAY_US, nowUs / 1000);
    long lastUs = graphTimes.last();
    tradeUntil(List.of(0), () -> graphTimes.last() >= lastUs + 3_000_000 && !reasons.isEmpty());
    assertThat(reasons).containsExactly("bad-receive-time");
    // Each sample once, none left out: the market's clock has not jumped.
    assertThat(graphTimes.last() - graphTimes.first())
        .isEqualTo((graphTimes.size() - 1) * 1_000_000L);
    assertThat(graphTimes.last()).isLessThan(nowUs);
  }

  @Test
  void whatIsFarAheadOfTheRestStaysInKafka() throws Exception {
    start(1, Map.of("source.max-behind", "0 s"));
    heartbeat(START_US);
    int hour = 3_600;
    int seconds = 12 * hour;
    AtomicInteger sent = new AtomicInteger();
    AtomicLong read = new AtomicLong();
    await()
        .pollInterval(Duration.ofMillis(250)) // alignment is told after 200
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (int end = Math.min(seconds, sent.get() + hour); sent.get() < end; ) {
                trade(0, START_US + sent.getAndIncrement() * SECOND_US);
              }
              long now = recordsOut();
              return sent.get() == seconds && now > 0 && read.getAndSet(now) == now;
            });
    // Two for a trade: itself, and what its partition has for its sample. An hour at least stays.
    assertThat(read.get()).isLessThan(2L * (seconds - hour));

    long endUs = START_US + seconds * SECOND_US;
    heartbeat(endUs);
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              consumer.poll(Duration.ZERO).forEach(this::receive);
              return !graphTimes.isEmpty() && graphTimes.last() >= endUs - 2 * SECOND_US;
            });
  }

  private interface Condition {
    boolean holds();
  }

  /** Goes on with a trade a partition, each a little later, until something has come out. */
  private void tradeUntil(List<Integer> partitions, Condition condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              for (int partition : partitions) {
                trade(partition, nowUs);
              }
              nowUs += STEP_US;
              consumer.poll(Duration.ZERO).forEach(this::receive);
              return condition.holds();
            });
  }

  private void trade(int partition, long receiveTimeUs) {
    send(partition, receiveTimeUs, receiveTimeUs / 1000);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is lost does not come out
  private void heartbeat(long receiveTimeUs) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("raw-orderbooks", 0, receiveTimeUs / 1000, null, (byte[]) null);
    record.headers().add("receive_time_us", utf8(Long.toString(receiveTimeUs)));
    producer.send(record);
  }

  /** How much the source of trades has sent on, as the web UI says. */
  private long recordsOut() throws InterruptedException {
    try (InputStream in =
        market.flink().webUi().resolve("/jobs/" + market.job()).toURL().openStream()) {
      for (JsonNode vertex : JSON.readTree(in).get("vertices")) {
        if (vertex.get("name").textValue().contains("raw-trades")) {
          return vertex.at("/metrics/write-records").longValue();
        }
      }
      throw new IllegalStateException("the job has no source of trades");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is lost does not come out
  private void send(int partition, long receiveTimeUs, long timestampMs) {
    String symbol = "S" + partition;
    String trade =
        "{\"type\":\"trade\",\"venue\":\"acme\",\"symbol\":\"%s\",\"price\":\"1\",\"quantity\":\"1\"}"
            .formatted(symbol);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("raw-trades", partition, timestampMs, utf8(symbol), utf8(trade));
    record.headers().add("venue", utf8("streamforge"));
    record.headers().add("receive_time_us", utf8(Long.toString(receiveTimeUs)));
    producer.send(record);
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    try {
      switch (record.topic()) {
        case "symbol-features" -> instruments.add(new String(record.key(), StandardCharsets.UTF_8));
        case "graph-features" -> {
          graphTimes.add(GraphFeaturesRecord.identity(record.value()).timeUs());
          idle = ExpectedAuditTrail.header(record, "idle_partitions");
        }
        default ->
            reasons.add(
                new String(record.headers().lastHeader("reason").value(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
