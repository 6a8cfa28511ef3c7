package io.streamforge.marketgraph;

import io.streamforge.topic.OutputRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Where a job's records go: Kafka, or a list in a test. */
public interface MarketSinks {

  void symbolFeatures(DataStream<OutputRecord> records);

  void graphFeatures(DataStream<OutputRecord> records);

  void bookResyncs(DataStream<OutputRecord> records);

  void deadLetters(DataStream<OutputRecord> records);

  /** Asked only where the settings name a topic. */
  void marketEvents(DataStream<OutputRecord> records);
}
