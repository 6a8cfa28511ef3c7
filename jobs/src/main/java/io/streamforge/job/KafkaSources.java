package io.streamforge.job;

import io.streamforge.kafka.RawRecord;
import io.streamforge.kafka.RawRecordDeserializer;
import io.streamforge.kafka.TickWatermarks;
import io.streamforge.market.TimePolicy;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topics in. Each has a source of its own, no wider than its partitions, so that no reader is
 * without one.
 */
final class KafkaSources implements MarketSources {
  /** How often partitions say how far they are: seldom enough to cost nothing. */
  private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(200);

  private final Settings settings;
  private final KafkaTopics topics;

  KafkaSources(Settings settings, KafkaTopics topics) {
    this.settings = settings;
    this.topics = topics;
  }

  @Override
  public DataStream<RawRecord> orderbooks(StreamExecutionEnvironment env) {
    return source(
        env,
        settings.get(StreamForgeOptions.ORDERBOOKS_TOPIC),
        "orderbooks-source",
        topics.orderbookPartitions());
  }

  @Override
  public DataStream<RawRecord> trades(StreamExecutionEnvironment env) {
    return source(
        env,
        settings.get(StreamForgeOptions.TRADES_TOPIC),
        "trades-source",
        topics.tradePartitions());
  }

  @Override
  public Map<String, Integer> partitions() {
    return Map.of(
        settings.get(StreamForgeOptions.ORDERBOOKS_TOPIC), topics.orderbookPartitions(),
        settings.get(StreamForgeOptions.TRADES_TOPIC), topics.tradePartitions());
  }

  private DataStream<RawRecord> source(
      StreamExecutionEnvironment env, String topic, String uid, int partitions) {
    KafkaSource<RawRecord> source =
        KafkaSource.<RawRecord>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setProperties(settings.kafkaProperties())
            .setProperty("partition.discovery.interval.ms", "5000")
            .setClientIdPrefix(uid)
            .setGroupId(settings.get(StreamForgeOptions.GROUP_ID))
            .setTopics(topic)
            .setStartingOffsets(StartPosition.parse(settings.get(StreamForgeOptions.START)))
            .setDeserializer(
                new RawRecordDeserializer(
                    settings.get(StreamForgeOptions.DEFAULT_VENUE), settings.time().maxFutureUs()))
            .build();
    return env.fromSource(source, watermarks(), topic)
        .uid(uid)
        .setParallelism(Math.min(env.getParallelism(), partitions));
  }

  private WatermarkStrategy<RawRecord> watermarks() {
    TimePolicy time = settings.time();
    long intervalUs = settings.intervalUs();
    Duration idleTimeout = settings.get(StreamForgeOptions.IDLE_TIMEOUT);
    WatermarkStrategy<RawRecord> strategy =
        WatermarkStrategy.<RawRecord>forGenerator(context -> new TickWatermarks(time, intervalUs))
            .withTimestampAssigner(
                (record, timestamp) -> Math.floorDiv(record.receiveTimeUs(), 1000L))
            .withWatermarkAlignment(
                "raw", settings.get(StreamForgeOptions.MAX_DRIFT), ALIGNMENT_INTERVAL);
    return idleTimeout.isZero() ? strategy : strategy.withIdleness(idleTimeout);
  }
}
