package io.streamforge.kafka.log;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is lost of a partition.
 *
 * @param topic its topic
 * @param partition its number
 * @param cause why it is lost
 * @param offset where the reader stood; what it should have read next is lost
 * @param records how many offsets lie between the reader's position and the first record that is
 *     left; 0 where that says nothing
 * @param firstMs Kafka's timestamp of the first record that is left, milliseconds since the epoch;
 *     {@link #NONE_LEFT} if there is none
 */
record LostPartition(
    String topic, int partition, Cause cause, long offset, long records, long firstMs) {
  static final long NONE_LEFT = -1;

  /** Why records are lost. */
  enum Cause {
    /** Kafka has deleted them before they were read. */
    DELETED,
    /** The state has read another topic than the settings name. */
    OTHER_TOPIC,
    /** The log ends before what the state has read of it, or has another record there. */
    OTHER_LOG
  }

  void writeTo(DataOutputView out) throws IOException {
    out.writeUTF(topic);
    out.writeInt(partition);
    out.writeUTF(cause.name());
    out.writeLong(offset);
    out.writeLong(records);
    out.writeLong(firstMs);
  }

  static LostPartition readFrom(DataInputView in) throws IOException {
    return new LostPartition(
        in.readUTF(),
        in.readInt(),
        Cause.valueOf(in.readUTF()),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }
}
