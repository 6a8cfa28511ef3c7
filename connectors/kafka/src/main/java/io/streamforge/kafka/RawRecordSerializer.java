package io.streamforge.kafka;

import io.streamforge.state.VersionedSerializer;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link RawRecord} between operators that could not be chained. */
public final class RawRecordSerializer extends VersionedSerializer<RawRecord> {
  private static final long serialVersionUID = 1;

  @Override
  public String id() {
    return "raw-record";
  }

  @Override
  protected int version() {
    return 4;
  }

  @Override
  protected void write(RawRecord record, DataOutputView out) throws IOException {
    out.writeUTF(record.topic());
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    Bytes.write(record.key(), out);
    Bytes.write(record.value(), out);
    Bytes.writeText(record.venue(), out);
    out.writeLong(record.receiveTimeUs());
    Bytes.writeText(record.traceparent(), out);
    out.writeLong(record.session());
    Bytes.writeText(record.event(), out);
    out.writeBoolean(record.clockChecked());
  }

  @Override
  protected RawRecord read(int version, DataInputView in) throws IOException {
    return new RawRecord(
        in.readUTF(),
        in.readInt(),
        in.readLong(),
        Bytes.read(in),
        Bytes.read(in),
        Bytes.readText(in),
        in.readLong(),
        version == 1 ? null : Bytes.readText(in),
        version < 3 ? 0 : in.readLong(),
        version < 3 ? null : Bytes.readText(in),
        version >= 4 && in.readBoolean());
  }
}
