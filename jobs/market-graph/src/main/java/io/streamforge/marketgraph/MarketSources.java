package io.streamforge.marketgraph;

import io.streamforge.topic.RawRecord;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a job's records come from, with their watermarks: Kafka, or a list in a test. */
public interface MarketSources {

  /** Order-book messages. */
  DataStream<RawRecord> orderbooks(StreamExecutionEnvironment env);

  /** Trades. */
  DataStream<RawRecord> trades(StreamExecutionEnvironment env);

  /** How many partitions each topic has when the job is defined. */
  Map<String, Integer> partitions();
}
