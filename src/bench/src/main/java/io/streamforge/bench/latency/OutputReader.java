package io.streamforge.bench.latency;

import io.streamforge.bench.throughput.RunTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what the job puts out as it is committed. */
final class OutputReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long PATIENCE_US = Duration.ofMinutes(2).toMillis() * 1000;

  private final RunTopics topics;
  private final LatencyRecorder recorder;
  private final long beginUs;
  private final KafkaConsumer<String, byte[]> consumer;
  private volatile long newestGraphUs = Long.MIN_VALUE;

  /**
   * @param beginUs when the market begins: nothing is to come before
   */
  OutputReader(RunTopics topics, LatencyRecorder recorder, long beginUs) {
    this.topics = topics;
    this.recorder = recorder;
    this.beginUs = beginUs;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topics.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                32 << 20),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(new TopicPartition(topics.symbols(), 0), new TopicPartition(topics.graphs(), 0));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The sample of the newest graph that has been read. */
  long newestGraphUs() {
    return newestGraphUs;
  }

  /**
   * Reads until a sample's graph has come.
   *
   * @throws IOException if none at all comes for two minutes
   */
  void await(long sampleUs) throws IOException {
    long heardUs = Math.max(beginUs, WallClock.nowUs());
    while (newestGraphUs < sampleUs) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        heardUs = WallClock.nowUs();
        receive(record, heardUs);
      }
      if (WallClock.nowUs() - heardUs > PATIENCE_US) {
        throw new IOException("the job has put out nothing for two minutes, see above");
      }
    }
  }

  private void receive(ConsumerRecord<String, byte[]> record, long readUs) {
    long sampleUs = record.timestamp() * 1000;
    if (record.topic().equals(topics.symbols())) {
      recorder.symbol(record.key(), sampleUs, readUs);
    } else if (sampleUs > newestGraphUs) { // else a repeat
      newestGraphUs = sampleUs;
      recorder.graph(sampleUs, readUs);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
