package io.streamforge.bench.drill;

import io.streamforge.bench.latency.WallClock;
import io.streamforge.bench.throughput.RunTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the graphs of a run as they come, to know how far the job is. */
final class GraphReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  /** As old as a graph is when nothing happens, and a second more. */
  private static final long PROMPT_US = 2_700_000;

  private static final long PATIENCE_US = Duration.ofMinutes(5).toMillis() * 1000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Step> steps = new ArrayList<>();
  private long newestUs = Long.MIN_VALUE;

  /** A graph of a later sample than any before, and when it was read. */
  record Step(long sampleUs, long readUs) {}

  GraphReader(RunTopics topics) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topics.bootstrapServers(),
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                32 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> graphs = List.of(new TopicPartition(topics.graphs(), 0));
    consumer.assign(graphs);
    consumer.seekToBeginning(graphs);
  }

  /** The newest sample that has been read of. */
  long newestUs() {
    return newestUs;
  }

  /** Whether the newest sample is about as new as when nothing happens. */
  boolean isPrompt() {
    return newestUs >= WallClock.nowUs() - PROMPT_US;
  }

  /** Reads what has come, after waiting a moment for it; whether there was any. */
  boolean read() {
    boolean any = false;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      any = true;
      long sampleUs = record.timestamp() * 1000;
      if (sampleUs > newestUs) { // else a repeat
        newestUs = sampleUs;
        steps.add(new Step(sampleUs, WallClock.nowUs()));
      }
    }
    return any;
  }

  /** The step after the longest time without one, of those that were read after a time. */
  Step afterLongestSilence(long fromUs) {
    Step found = null;
    long longestUs = -1;
    for (int i = 1; i < steps.size(); i++) {
      Step step = steps.get(i);
      long silenceUs = step.readUs() - steps.get(i - 1).readUs();
      if (step.readUs() > fromUs && silenceUs > longestUs) {
        longestUs = silenceUs;
        found = step;
      }
    }
    return found;
  }

  /** The first step that was read, from a time on, when its sample was about as new as usual. */
  Step firstPrompt(long fromUs) {
    return steps.stream()
        .filter(step -> step.readUs() >= fromUs && step.readUs() - step.sampleUs() <= PROMPT_US)
        .findFirst()
        .orElseThrow();
  }

  /** Reads until for a moment nothing more comes. */
  void readAll() {
    boolean more = true;
    while (more) {
      more = read();
    }
  }

  /** What is waited for. */
  interface Condition {
    boolean holds();
  }

  /**
   * Reads until something holds.
   *
   * @throws IOException if nothing at all comes for five minutes
   */
  void readUntil(Condition condition) throws IOException {
    long heardUs = WallClock.nowUs();
    while (!condition.holds()) {
      if (read()) {
        heardUs = WallClock.nowUs();
      } else if (WallClock.nowUs() - heardUs > PATIENCE_US) {
        throw new IOException("the job has put out nothing for five minutes");
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
