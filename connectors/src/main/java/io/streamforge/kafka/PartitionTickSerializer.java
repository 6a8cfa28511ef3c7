package io.streamforge.kafka;

import io.streamforge.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link PartitionTick} in state and on its way to the graphs. */
public final class PartitionTickSerializer extends VersionedSerializer<PartitionTick> {
  private static final long serialVersionUID = 1;

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(PartitionTick tick, DataOutputView out) throws IOException {
    out.writeUTF(tick.topic());
    out.writeInt(tick.partition());
    out.writeLong(tick.timeUs());
    out.writeLong(tick.firstOffset());
    out.writeLong(tick.lastOffset());
    out.writeLong(tick.completeUs());
  }

  @Override
  protected PartitionTick read(int version, DataInputView in) throws IOException {
    return new PartitionTick(
        in.readUTF(), in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
