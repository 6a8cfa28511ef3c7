package io.streamforge.e2e;

import io.streamforge.marketgraph.Settings;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that is no job's and writes to a topic out all the while. */
final class Stranger implements AutoCloseable {
  private static final long PERIOD_MS = 100;
  private static final int RECORDS_A_TRANSACTION = 50;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final ScheduledExecutorService writes = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> writing;
  private int sent;
  private volatile Exception failure;

  Stranger(Settings settings, String topic) {
    Properties properties = settings.kafkaProperties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "stranger");
    this.topic = topic;
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    writing = writes.scheduleAtFixedRate(this::write, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
  }

  /** Aborted: who reads the topic and compares bytes sees none of it. */
  private void write() {
    try {
      if (sent % RECORDS_A_TRANSACTION == 0) {
        producer.beginTransaction();
      }
      producer.send(new ProducerRecord<>(topic, new byte[1])).get();
      if (++sent % RECORDS_A_TRANSACTION == 0) {
        producer.abortTransaction();
      }
    } catch (Exception e) {
      failure = e;
    }
  }

  /** What Kafka has refused; null for nothing. */
  Exception failure() {
    return failure;
  }

  @Override
  public void close() throws InterruptedException {
    writing.cancel(false);
    writes.shutdown();
    if (!writes.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the stranger does not end");
    }
    producer.close();
  }
}
