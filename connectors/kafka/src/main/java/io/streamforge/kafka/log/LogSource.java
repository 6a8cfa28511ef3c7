package io.streamforge.kafka.log;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Kafka's source of one topic, which skips nothing in silence: not what Kafka has deleted, nor a
 * change of the topic. It reads no topic but its own, whatever topics its state has read. Its state
 * is that of Kafka's source, and for each partition what tells it from another of its name.
 */
public final class LogSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1;

  private final KafkaSource<T> kafka;
  private final LogAge age;
  private final LastTimestamps<T> timestamps;
  private final Properties client;
  private final String topic;
  private final StartOffsets start;
  private final boolean skips;
  private final SerializableFunction<LostRecords, T> notice;

  /**
   * @param kafka what else the source is made with
   * @param deserializer of its records
   * @param consumer properties of its consumers
   * @param topic the one that it reads
   * @param start where a job without state begins
   * @param onLostRecords what becomes of the job
   * @param notice how a loss is said among the records
   */
  public LogSource(
      KafkaSourceBuilder<T> kafka,
      KafkaRecordDeserializationSchema<T> deserializer,
      Properties consumer,
      String topic,
      StartOffsets start,
      OnLostRecords onLostRecords,
      SerializableFunction<LostRecords, T> notice) {
    this.age = new LogAge(topic);
    this.timestamps = new LastTimestamps<>(deserializer);
    this.kafka =
        kafka.setDeserializer(timestamps).setKafkaSubscriber(age).setStartingOffsets(start).build();
    this.client = consumer;
    this.topic = topic;
    this.start = start;
    this.skips = onLostRecords == OnLostRecords.SKIP;
    this.notice = notice;
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    String group = client.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
    LogPositions positions = new LogPositions(client, group, topic, start, skips);
    return new LogReader<>(
        kafka.createReader(context), topic, skips, positions, timestamps, notice);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    age.register(context.metricGroup());
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws IOException {
    age.register(context.metricGroup());
    if (skips) {
      return kafka.restoreEnumerator(context, ofTopic(state));
    }
    // A job that is to fail keeps all of it, for the settings with which it goes on. Its readers
    // are
    // given no more, or what they say might be hidden by what failed to reach them.
    if (state.splits().stream().anyMatch(known -> !known.split().getTopic().equals(topic))) {
      age.findNone();
    }
    return kafka.restoreEnumerator(context, state);
  }

  /** Without other topics; if it has no other the job begins as one without state. */
  private KafkaSourceEnumState ofTopic(KafkaSourceEnumState state) {
    List<KafkaPartitionSplit> assigned = ofTopic(state.assignedSplits());
    List<KafkaPartitionSplit> unassigned = ofTopic(state.unassignedSplits());
    boolean known = !assigned.isEmpty() || !unassigned.isEmpty() || state.splits().isEmpty();
    return new KafkaSourceEnumState(
        assigned, unassigned, known && state.initialDiscoveryFinished());
  }

  private List<KafkaPartitionSplit> ofTopic(Collection<KafkaPartitionSplit> splits) {
    return splits.stream().filter(split -> split.getTopic().equals(topic)).toList();
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new LogSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return kafka.getProducedType();
  }
}
