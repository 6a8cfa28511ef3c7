package io.streamforge.marketgraph;

import io.streamforge.kafka.KafkaSinks;
import io.streamforge.topic.OutputRecord;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job's topics out. */
final class KafkaTopicsOut implements MarketSinks {
  private final Settings settings;
  private final KafkaSinks sinks;

  KafkaTopicsOut(Settings settings) {
    this.settings = settings;
    this.sinks = new KafkaSinks(settings.kafka());
  }

  @Override
  public void symbolFeatures(DataStream<OutputRecord> records) {
    sinks.write(
        records, settings.get(MarketGraphOptions.SYMBOL_FEATURES_TOPIC), "symbol-features-sink");
  }

  @Override
  public void graphFeatures(DataStream<OutputRecord> records) {
    sinks.write(
        records,
        settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC),
        "graph-features-sink",
        // A sample has one graph: there is nothing to wait for.
        Map.of(ProducerConfig.LINGER_MS_CONFIG, "0"));
  }

  @Override
  public void bookResyncs(DataStream<OutputRecord> records) {
    sinks.write(records, settings.get(MarketGraphOptions.BOOK_RESYNC_TOPIC), "book-resync-sink");
  }

  @Override
  public void deadLetters(DataStream<OutputRecord> records) {
    sinks.write(records, settings.get(MarketGraphOptions.DEAD_LETTERS_TOPIC), "dead-letters-sink");
  }
}
