package io.streamforge.kafka;

import io.streamforge.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link PartitionSample} in state and on its way to the graphs. */
public final class PartitionSampleSerializer extends VersionedSerializer<PartitionSample> {
  private static final long serialVersionUID = 1;

  @Override
  public String id() {
    return "partition-sample";
  }

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(PartitionSample sample, DataOutputView out) throws IOException {
    out.writeUTF(sample.topic());
    out.writeInt(sample.partition());
    out.writeLong(sample.timeUs());
    out.writeLong(sample.firstOffset());
    out.writeLong(sample.lastOffset());
    out.writeLong(sample.completeUs());
  }

  @Override
  protected PartitionSample read(int version, DataInputView in) throws IOException {
    return new PartitionSample(
        in.readUTF(), in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
