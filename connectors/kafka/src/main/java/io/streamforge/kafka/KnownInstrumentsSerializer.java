package io.streamforge.kafka;

import io.streamforge.admission.KnownInstruments;
import io.streamforge.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link KnownInstruments} in state. */
public final class KnownInstrumentsSerializer extends VersionedSerializer<KnownInstruments> {
  private static final long serialVersionUID = 1;

  @Override
  public String id() {
    return "known-instruments";
  }

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(KnownInstruments known, DataOutputView out) throws IOException {
    out.writeUTF(known.topic());
    out.writeInt(known.partition());
    out.writeLong(known.offset());
    out.writeInt(known.instruments().length);
    out.write(known.instruments());
  }

  @Override
  protected KnownInstruments read(int version, DataInputView in) throws IOException {
    String topic = in.readUTF();
    int partition = in.readInt();
    long offset = in.readLong();
    byte[] instruments = new byte[in.readInt()];
    in.readFully(instruments);
    return new KnownInstruments(topic, partition, offset, instruments);
  }
}
