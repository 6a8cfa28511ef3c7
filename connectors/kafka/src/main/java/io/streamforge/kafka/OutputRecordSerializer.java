package io.streamforge.kafka;

import io.streamforge.state.VersionedSerializer;
import io.streamforge.topic.OutputRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link OutputRecord} between operators that could not be chained. */
public final class OutputRecordSerializer extends VersionedSerializer<OutputRecord> {
  private static final long serialVersionUID = 1;

  @Override
  public String id() {
    return "output-record";
  }

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(OutputRecord record, DataOutputView out) throws IOException {
    Bytes.write(record.key(), out);
    Bytes.write(record.value(), out);
    out.writeLong(record.timestampMs());
    out.writeInt(record.headers().size());
    for (Map.Entry<String, String> header : record.headers().entrySet()) {
      out.writeUTF(header.getKey());
      Bytes.writeText(header.getValue(), out);
    }
  }

  @Override
  protected OutputRecord read(int version, DataInputView in) throws IOException {
    byte[] key = Bytes.read(in);
    byte[] value = Bytes.read(in);
    long timestampMs = in.readLong();
    Map<String, String> headers = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      headers.put(in.readUTF(), Bytes.readText(in));
    }
    return new OutputRecord(key, value, timestampMs, headers);
  }
}
