package io.streamforge.kafka.log;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Notes Kafka's timestamp of the last record of each partition, while the records are read by
 * another schema. A topic that was made anew, or that another Kafka has, has others at the same
 * offsets.
 */
final class LastTimestamps<T> implements KafkaRecordDeserializationSchema<T> {
  private static final long serialVersionUID = 1;
  private static final long NONE = Long.MIN_VALUE;

  private final KafkaRecordDeserializationSchema<T> schema;

  /** By the numbers of the topic's partitions, milliseconds since the epoch. */
  private long[] lastMs = {};

  LastTimestamps(KafkaRecordDeserializationSchema<T> schema) {
    this.schema = schema;
  }

  /** A reader goes on with a partition. */
  void begin(KafkaPartitionSplit split) {
    set(split.getPartition(), split instanceof LogSplit own ? own.lastMs() : NONE);
  }

  /** The partition as it is now, with what tells it from another. */
  KafkaPartitionSplit note(KafkaPartitionSplit split) {
    int partition = split.getPartition();
    return partition < lastMs.length && lastMs[partition] != NONE
        ? new LogSplit(split, lastMs[partition])
        : split;
  }

  private void set(int partition, long timeMs) {
    if (partition >= lastMs.length) {
      int known = lastMs.length;
      lastMs = Arrays.copyOf(lastMs, partition + 1);
      Arrays.fill(lastMs, known, lastMs.length, NONE);
    }
    lastMs[partition] = timeMs;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    schema.open(context);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out)
      throws IOException {
    set(record.partition(), record.timestamp());
    schema.deserialize(record, out);
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return schema.getProducedType();
  }
}
