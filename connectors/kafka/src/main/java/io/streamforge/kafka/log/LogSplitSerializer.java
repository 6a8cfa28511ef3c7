package io.streamforge.kafka.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A partition in state: the connector's own bytes, which are read as they are, and behind them for
 * a {@link LogSplit} what it has beside them.
 */
final class LogSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
  /** Beyond all versions of the connector's. */
  private static final int OURS = 1_000;

  private static final byte PLAIN = 0;
  private static final byte TOLD_APART = 1;

  private final SimpleVersionedSerializer<KafkaPartitionSplit> connector =
      new KafkaPartitionSplitSerializer();

  @Override
  public int getVersion() {
    return OURS + connector.getVersion();
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    byte[] plain = connector.serialize(split);
    ByteBuffer all = ByteBuffer.allocate(plain.length + 1 + Long.BYTES);
    if (split instanceof LogSplit own) {
      all.put(TOLD_APART).putLong(own.lastMs());
    } else {
      all.put(PLAIN).putLong(0);
    }
    return all.put(plain).array();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] stored) throws IOException {
    if (version < OURS) {
      return connector.deserialize(version, stored);
    }
    ByteBuffer in = ByteBuffer.wrap(stored);
    boolean toldApart = in.get() == TOLD_APART;
    long lastMs = in.getLong();
    byte[] plain = Arrays.copyOfRange(stored, in.position(), stored.length);
    KafkaPartitionSplit split = connector.deserialize(version - OURS, plain);
    return toldApart ? new LogSplit(split, lastMs) : split;
  }
}
