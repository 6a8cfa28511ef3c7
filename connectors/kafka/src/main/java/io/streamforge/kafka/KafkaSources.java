package io.streamforge.kafka;

import io.streamforge.kafka.log.BoundedPolls;
import io.streamforge.kafka.log.LogSource;
import io.streamforge.kafka.log.LostRecords;
import io.streamforge.kafka.log.OnLostRecords;
import io.streamforge.kafka.log.StartOffsets;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** A job's topics in: each has a source of its own. */
public final class KafkaSources {
  private static final String DISCOVERY_INTERVAL_MS = "5000";

  private final KafkaConnection connection;
  private final StartOffsets start;
  private final OnLostRecords onLostRecords;

  /**
   * @param start where a job without state begins
   * @param onLostRecords what becomes of a job whose records Kafka has deleted unread
   */
  public KafkaSources(KafkaConnection connection, StartOffsets start, OnLostRecords onLostRecords) {
    this.connection = connection;
    this.start = start;
    this.onLostRecords = onLostRecords;
  }

  /**
   * Reads a topic.
   *
   * @param uid of the source in savepoints
   * @param partitions of the topic; the source is no wider, so that no reader is without one
   * @param lost how a loss of records is said among them
   */
  public <T> DataStream<T> read(
      StreamExecutionEnvironment env,
      String topic,
      String uid,
      int partitions,
      KafkaRecordDeserializationSchema<T> deserializer,
      SerializableFunction<LostRecords, T> lost,
      WatermarkStrategy<T> watermarks) {
    Properties consumer = connection.consumer();
    consumer.put(ConsumerConfig.GROUP_ID_CONFIG, connection.group());
    KafkaSourceBuilder<T> kafka =
        KafkaSource.<T>builder()
            .setProperties(consumer)
            .setProperty("partition.discovery.interval.ms", DISCOVERY_INTERVAL_MS)
            .setClientIdPrefix(uid);
    BoundedPolls.bound(consumer).forEach(kafka::setProperty);
    LogSource<T> source =
        new LogSource<>(kafka, deserializer, consumer, topic, start, onLostRecords, lost);
    return env.fromSource(source, watermarks, topic)
        .uid(uid)
        .setParallelism(Math.min(env.getParallelism(), partitions));
  }
}
