package io.streamforge.bench.throughput.plain;

import io.streamforge.bench.load.MarketSettings;
import io.streamforge.bench.load.PlainOutputs;
import io.streamforge.bench.load.SampleTime;
import io.streamforge.marketgraph.DirectMarketGraph;
import io.streamforge.testkit.feed.RunTopics;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** L1: {@link DirectMarketGraph} behind one consumer and one producer, one thread of its own. */
public final class ConsumerRun implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final RunTopics topics;
  private final List<TopicPartition> partitions;
  private final long[] newestUs; // receive time, of each partition
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final DirectMarketGraph market;
  private final Thread thread = new Thread(this::run, "L1");

  public ConsumerRun(RunTopics topics) {
    this.topics = topics;
    partitions =
        Stream.of(topics.orderbooks(), topics.trades())
            .flatMap(
                topic ->
                    IntStream.range(0, RunTopics.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
            .toList();
    newestUs = new long[partitions.size()];
    Arrays.fill(newestUs, Long.MIN_VALUE);
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topics.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    Map<String, Object> asTheJobs = new HashMap<>();
    asTheJobs.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, topics.bootstrapServers());
    asTheJobs.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    asTheJobs.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, "1");
    asTheJobs.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(32 << 20));
    asTheJobs.put(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(64 << 20));
    producer = new KafkaProducer<>(asTheJobs, new ByteArraySerializer(), new ByteArraySerializer());
    market =
        new DirectMarketGraph(
            MarketSettings.of(topics, Map.of()),
            PlainOutputs.of(
                record -> send(topics.symbols(), record), record -> send(topics.graphs(), record)));
    thread.start();
  }

  private void run() {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    try {
      for (; ; ) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          accept(record);
        }
      }
    } catch (WakeupException e) {
      consumer.close();
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    long receivedUs =
        Long.parseLong(text(record.headers().lastHeader(RawHeaders.RECEIVE_TIME).value()));
    boolean books = record.topic().equals(topics.orderbooks());
    int partition = record.partition() + (books ? 0 : RunTopics.PARTITIONS);
    if (receivedUs > newestUs[partition]) {
      newestUs[partition] = receivedUs;
      long slowestUs = Arrays.stream(newestUs).min().orElseThrow();
      if (slowestUs > Long.MIN_VALUE) { // every partition has brought what was received before
        market.completeUntil(slowestUs - SampleTime.AVAILABLE_AFTER_US);
      }
    }
    if (record.value() != null) {
      String venue = text(record.headers().lastHeader(RawHeaders.VENUE).value());
      market.accept(
          new RawRecord(
              record.topic(),
              record.partition(),
              record.offset(),
              record.key(),
              record.value(),
              venue,
              receivedUs));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a record that is missing is a wrong answer
  private void send(String topic, OutputRecord record) {
    producer.send(
        new ProducerRecord<>(topic, null, record.timestampMs(), record.key(), record.value()));
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws InterruptedException {
    consumer.wakeup();
    thread.join();
    producer.close();
  }
}
