package io.streamforge.testkit.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics of one partition from their beginning, as they grow. */
public final class OutputReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<ConsumerRecord<byte[], byte[]>> records;
  private final Duration patience;

  /**
   * @param committed whether what no transaction has committed is left out
   * @param patience how long it waits for a record
   * @param records takes what is read
   */
  public OutputReader(
      String bootstrapServers,
      boolean committed,
      Duration patience,
      Consumer<ConsumerRecord<byte[], byte[]>> records,
      String... topics) {
    this.patience = patience;
    this.records = records;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                committed ? "read_committed" : "read_uncommitted",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                32 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Arrays.stream(topics).map(topic -> new TopicPartition(topic, 0)).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads what has come, after waiting a moment for it; whether there was any. */
  public boolean read() {
    boolean any = false;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      any = true;
      records.accept(record);
    }
    return any;
  }

  /**
   * Reads until something holds.
   *
   * @return false if it does not hold, and nothing has come for as long as patience lasts
   */
  public boolean readUntil(BooleanSupplier holds) {
    long heardNs = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (read()) {
        heardNs = System.nanoTime();
      } else if (System.nanoTime() - heardNs > patience.toNanos()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
