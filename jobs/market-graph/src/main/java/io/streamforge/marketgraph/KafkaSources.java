package io.streamforge.marketgraph;

import io.streamforge.kafka.RawRecordDeserializer;
import io.streamforge.kafka.SampleWatermarks;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

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
            .setProperties(consumer(settings))
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

  /** What the user says of Kafka, and what suits these records where nothing is said. */
  static Properties consumer(Settings settings) {
    Properties consumer = settings.kafkaProperties();
    // Kafka's own is to be answered as soon as there is a record. In a busy market that is a
    // request
    // for each few; measured at 4 000 messages a second, these take 0.65 of the job's CPU and 0.75
    // of the broker's, and graphs come no later.
    consumer.putIfAbsent(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, String.valueOf(64 << 10));
    consumer.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "2");
    return consumer;
  }

  private WatermarkStrategy<RawRecord> watermarks() {
    TimePolicy time = settings.time();
    long intervalUs = settings.intervalUs();
    Duration idleTimeout = settings.get(StreamForgeOptions.IDLE_TIMEOUT);
    WatermarkStrategy<RawRecord> strategy =
        WatermarkStrategy.<RawRecord>forGenerator(context -> new SampleWatermarks(time, intervalUs))
            .withTimestampAssigner(
                (record, timestamp) -> Math.floorDiv(record.receiveTimeUs(), 1000L))
            .withWatermarkAlignment(
                "raw", settings.get(StreamForgeOptions.MAX_DRIFT), ALIGNMENT_INTERVAL);
    return idleTimeout.isZero() ? strategy : strategy.withIdleness(idleTimeout);
  }
}
