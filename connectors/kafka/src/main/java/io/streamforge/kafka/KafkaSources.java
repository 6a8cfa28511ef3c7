package io.streamforge.kafka;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job's topics in: each has a source of its own. */
public final class KafkaSources {
  private static final String DISCOVERY_INTERVAL_MS = "5000";

  private final KafkaConnection connection;
  private final OffsetsInitializer start;

  /**
   * @param start where a job without state begins
   */
  public KafkaSources(KafkaConnection connection, OffsetsInitializer start) {
    this.connection = connection;
    this.start = start;
  }

  /**
   * Reads a topic.
   *
   * @param uid of the source in savepoints
   * @param partitions of the topic; the source is no wider, so that no reader is without one
   */
  public <T> DataStream<T> read(
      StreamExecutionEnvironment env,
      String topic,
      String uid,
      int partitions,
      KafkaRecordDeserializationSchema<T> deserializer,
      WatermarkStrategy<T> watermarks) {
    KafkaSource<T> source =
        KafkaSource.<T>builder()
            .setProperties(connection.consumer())
            .setProperty("partition.discovery.interval.ms", DISCOVERY_INTERVAL_MS)
            .setClientIdPrefix(uid)
            .setGroupId(connection.group())
            .setTopics(topic)
            .setStartingOffsets(start)
            .setDeserializer(deserializer)
            .build();
    return env.fromSource(source, watermarks, topic)
        .uid(uid)
        .setParallelism(Math.min(env.getParallelism(), partitions));
  }
}
