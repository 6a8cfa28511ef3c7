package io.streamforge.marketgraph;

import io.streamforge.kafka.WritersBefore;
import io.streamforge.kafka.out.KafkaSinks;
import io.streamforge.topic.OutputRecord;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job's topics out, each with its sink. */
final class KafkaTopicsOut implements MarketSinks {
  private final TopicsOut topics;
  private final KafkaSinks sinks;

  /**
   * @param before who else writes to them
   */
  KafkaTopicsOut(Settings settings, WritersBefore before) {
    this.topics = TopicsOut.of(settings);
    this.sinks = new KafkaSinks(settings.kafka(), before);
  }

  @Override
  public void symbolFeatures(DataStream<OutputRecord> records) {
    sinks.write(records, topics.symbolFeatures());
  }

  @Override
  public void graphFeatures(DataStream<OutputRecord> records) {
    // A sample has one graph: there is nothing to wait for.
    sinks.write(records, topics.graphFeatures(), Map.of(ProducerConfig.LINGER_MS_CONFIG, "0"));
  }

  @Override
  public void bookResyncs(DataStream<OutputRecord> records) {
    sinks.write(records, topics.bookResyncs());
  }

  @Override
  public void deadLetters(DataStream<OutputRecord> records) {
    sinks.write(records, topics.deadLetters());
  }

  @Override
  public void marketEvents(DataStream<OutputRecord> records) {
    sinks.write(records, topics.marketEvents().orElseThrow());
  }
}
