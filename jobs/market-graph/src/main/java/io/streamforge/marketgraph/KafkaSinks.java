package io.streamforge.marketgraph;

import io.streamforge.kafka.TopicSerializer;
import io.streamforge.topic.OutputRecord;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The topics out. */
final class KafkaSinks implements MarketSinks {
  private static final int MAX_RECORD_BYTES = 32 << 20;
  private static final int BATCH_BYTES = 256 << 10;

  private final Settings settings;

  KafkaSinks(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void symbolFeatures(DataStream<OutputRecord> records) {
    sink(
        records,
        StreamForgeOptions.SYMBOL_FEATURES_TOPIC,
        "symbol-features-sink",
        producer(settings));
  }

  @Override
  public void graphFeatures(DataStream<OutputRecord> records) {
    Properties producer = producer(settings);
    // A sample has one graph: there is nothing to wait for.
    producer.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "0");
    sink(records, StreamForgeOptions.GRAPH_FEATURES_TOPIC, "graph-features-sink", producer);
  }

  @Override
  public void bookResyncs(DataStream<OutputRecord> records) {
    sink(records, StreamForgeOptions.BOOK_RESYNC_TOPIC, "book-resync-sink", producer(settings));
  }

  @Override
  public void deadLetters(DataStream<OutputRecord> records) {
    sink(records, StreamForgeOptions.DEAD_LETTERS_TOPIC, "dead-letters-sink", producer(settings));
  }

  private void sink(
      DataStream<OutputRecord> records,
      ConfigOption<String> option,
      String uid,
      Properties producer) {
    String topic = settings.get(option);
    var builder =
        KafkaSink.<OutputRecord>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setKafkaProducerConfig(producer)
            .setRecordSerializer(new TopicSerializer(topic))
            .setDeliveryGuarantee(settings.deliveryGuarantee());
    if (settings.deliveryGuarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
      builder.setTransactionalIdPrefix(settings.get(StreamForgeOptions.GROUP_ID) + "-" + uid);
    }
    records.sinkTo(builder.build()).uid(uid).name(topic);
  }

  /** What the user says of Kafka, and what suits these records where nothing is said. */
  static Properties producer(Settings settings) {
    Properties producer = settings.kafkaProperties();
    // Measured: 26 to 39 % of the bytes are left, where lz4 and snappy leave 43 to 63 %. Level 1
    // takes 60 to 75 % of the default level's CPU, for 2 to 10 % more bytes.
    producer.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    producer.putIfAbsent(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, "1");
    // A sample of many symbols comes at once; Kafka's own 16 kB is eight records of them.
    producer.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(BATCH_BYTES));
    // A graph of 10 000 symbols is one record of 14 MB before compression. The producer fails on
    // one beyond this, and so does the job.
    producer.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(MAX_RECORD_BYTES));
    producer.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(2 * MAX_RECORD_BYTES));
    // The connector's own default, an hour, is more than a broker allows.
    producer.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "900000");
    return producer;
  }
}
