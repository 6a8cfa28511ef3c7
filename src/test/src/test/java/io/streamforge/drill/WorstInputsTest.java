package io.streamforge.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.bench.process.JavaProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Memory is bounded in bytes: a job with a heap of 1 GB is fed with the {@link WorstInputs}, and
 * what is left after a collection is the same after five minutes and after ten.
 */
@Tag("soak")
@Timeout(1500)
class WorstInputsTest {
  private static final int MINUTES = Integer.getInteger("soak.minutes", 10);
  private static final double MEGABYTE = 1 << 20;

  /**
   * Of so many collections the least counts: what is on its way is no growth. They take longer than
   * five rounds of the inputs, whose largest records alone are a tenth of what is held.
   */
  private static final int COLLECTIONS = 25;

  private record Figures(long halfway, long end, long samples, long deadLetters) {}

  @Test
  void theHeapDoesNotGrow() throws Exception {
    try (JavaProcess job = JavaProcess.start(WorstInputsJob.class, "1g", "", List.of())) {
      String bootstrapServers = job.line();
      try (WorstInputs inputs = new WorstInputs(bootstrapServers, 1)) {
        long began = System.nanoTime();
        long halfway = leastAt(Duration.ofSeconds(30L * MINUTES), began, job, inputs);
        long samples = count(bootstrapServers, "symbol-features");
        long deadLetters = count(bootstrapServers, "dead-letters");
        long end = leastAt(Duration.ofMinutes(MINUTES), began, job, inputs);
        Figures figures =
            new Figures(
                halfway,
                end,
                count(bootstrapServers, "symbol-features"),
                count(bootstrapServers, "dead-letters"));
        String result =
            String.format(
                Locale.ROOT,
                "after %s and %d min the old generation holds %.1f and %.1f MB; %,d samples, %,d"
                    + " dead letters",
                MINUTES / 2.0,
                MINUTES,
                halfway / MEGABYTE,
                end / MEGABYTE,
                figures.samples,
                figures.deadLetters);
        new SoakReport(1, result, figures).write("worst-inputs");
        assertThat(figures.samples).isGreaterThan(samples);
        assertThat(figures.deadLetters).isGreaterThan(deadLetters);
        assertThat((double) end).isBetween(0.95 * halfway, 1.05 * halfway);
      }
    }
  }

  private static long leastAt(Duration time, long began, JavaProcess job, WorstInputs inputs) {
    await()
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> System.nanoTime() - began >= time.toNanos());
    List<Long> held = new ArrayList<>();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              job.go();
              String[] said = job.line().split(" ", 2);
              assertThat(said[1]).as("why the job failed").isEmpty();
              assertThat(inputs.failure()).isNull();
              held.add(Long.valueOf(said[0]));
              return held.size() == COLLECTIONS;
            });
    return held.stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  private static long count(String bootstrapServers, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Collection<TopicPartition> partitions =
          IntStream.range(0, WorstInputs.PARTITIONS)
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
