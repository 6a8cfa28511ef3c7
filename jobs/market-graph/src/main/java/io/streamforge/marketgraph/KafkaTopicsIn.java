package io.streamforge.marketgraph;

import io.streamforge.kafka.log.LostRecords;
import io.streamforge.runtime.MessageOptions;
import io.streamforge.runtime.SourceOptions;
import io.streamforge.topic.RawRecord;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's topics in. */
final class KafkaTopicsIn implements MarketSources {
  private final Settings settings;
  private final TopicPartitions partitions;

  KafkaTopicsIn(Settings settings, TopicPartitions partitions) {
    this.settings = settings;
    this.partitions = partitions;
  }

  @Override
  public DataStream<RawRecord> orderbooks(StreamExecutionEnvironment env) {
    return read(
        env, MarketGraphOptions.ORDERBOOKS_TOPIC, "orderbooks-source", partitions.orderbooks());
  }

  @Override
  public DataStream<RawRecord> trades(StreamExecutionEnvironment env) {
    return read(env, MarketGraphOptions.TRADES_TOPIC, "trades-source", partitions.trades());
  }

  @Override
  public Map<String, Integer> partitions() {
    return Map.of(
        settings.get(MarketGraphOptions.ORDERBOOKS_TOPIC), partitions.orderbooks(),
        settings.get(MarketGraphOptions.TRADES_TOPIC), partitions.trades());
  }

  private DataStream<RawRecord> read(
      StreamExecutionEnvironment env, ConfigOption<String> topic, String uid, int partitions) {
    return SourceOptions.sources(settings.job(), settings.kafka())
        .read(
            env,
            settings.get(topic),
            uid,
            partitions,
            MessageOptions.deserializer(settings.job()),
            LostRecords::toRecord,
            MessageOptions.watermarks(settings.job(), settings.intervalUs()));
  }
}
