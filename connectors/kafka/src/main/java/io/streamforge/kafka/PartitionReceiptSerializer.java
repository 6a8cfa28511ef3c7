package io.streamforge.kafka;

import io.streamforge.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link PartitionReceipt} in state. */
public final class PartitionReceiptSerializer extends VersionedSerializer<PartitionReceipt> {
  private static final long serialVersionUID = 1;

  @Override
  public String id() {
    return "partition-receipt";
  }

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(PartitionReceipt receipt, DataOutputView out) throws IOException {
    out.writeUTF(receipt.topic());
    out.writeInt(receipt.partition());
    out.writeLong(receipt.newestUs());
  }

  @Override
  protected PartitionReceipt read(int version, DataInputView in) throws IOException {
    return new PartitionReceipt(in.readUTF(), in.readInt(), in.readLong());
  }
}
