package io.streamforge.job;

import io.streamforge.kafka.OutputRecord;
import io.streamforge.kafka.TopicSerializer;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The topics out. */
final class KafkaSinks implements MarketSinks {
  private final Settings settings;

  KafkaSinks(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void symbolFeatures(DataStream<OutputRecord> records) {
    sink(records, StreamForgeOptions.SYMBOL_FEATURES_TOPIC, "symbol-features-sink");
  }

  @Override
  public void graphFeatures(DataStream<OutputRecord> records) {
    sink(records, StreamForgeOptions.GRAPH_FEATURES_TOPIC, "graph-features-sink");
  }

  @Override
  public void bookResyncs(DataStream<OutputRecord> records) {
    sink(records, StreamForgeOptions.BOOK_RESYNC_TOPIC, "book-resync-sink");
  }

  @Override
  public void deadLetters(DataStream<OutputRecord> records) {
    sink(records, StreamForgeOptions.DEAD_LETTERS_TOPIC, "dead-letters-sink");
  }

  private void sink(DataStream<OutputRecord> records, ConfigOption<String> option, String uid) {
    String topic = settings.get(option);
    Properties producer = settings.kafkaProperties();
    producer.putIfAbsent("compression.type", "zstd");
    // The connector's own default, an hour, is more than a broker allows.
    producer.putIfAbsent("transaction.timeout.ms", "900000");
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
}
