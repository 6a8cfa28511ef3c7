package io.streamforge.kafka.log;

import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What a reader has still to read and Kafka has no longer. It goes ahead of the records that are
 * left, through the same channel, so that it comes to each book in its place in the log.
 *
 * @param topic that the job reads
 * @param skipped whether the job goes on behind the lost records; if not, it has to fail
 * @param partitions that have lost some
 */
public record LostRecords(String topic, boolean skipped, List<LostPartition> partitions) {
  /** No record of Kafka has such an offset, so no producer can make a notice. */
  private static final long NO_RECORD = -1;

  /** It goes from operator to operator as a record without a time, which moves no watermark. */
  public RawRecord toRecord() {
    DataOutputSerializer out = new DataOutputSerializer(64);
    try {
      out.writeBoolean(skipped);
      out.writeInt(partitions.size());
      for (LostPartition partition : partitions) {
        partition.writeTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] value = out.getCopyOfBuffer();
    int first = partitions.get(0).partition();
    return new RawRecord(topic, first, NO_RECORD, null, value, null, RawRecord.NO_TIME);
  }

  /** Whether a record is such a notice, and no record of Kafka. */
  public static boolean isNotice(RawRecord record) {
    return record.offset() == NO_RECORD;
  }

  /** What {@link #toRecord} has made. */
  public static LostRecords of(RawRecord record) {
    DataInputDeserializer in = new DataInputDeserializer(record.value());
    try {
      boolean skipped = in.readBoolean();
      int count = in.readInt();
      List<LostPartition> partitions = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        partitions.add(LostPartition.readFrom(in));
      }
      return new LostRecords(record.topic(), skipped, partitions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many records are known to be lost. */
  public long count() {
    return partitions.stream().mapToLong(LostPartition::records).sum();
  }
}
