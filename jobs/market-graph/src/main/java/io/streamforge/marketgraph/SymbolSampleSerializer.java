package io.streamforge.marketgraph;

import io.streamforge.book.BookStatus;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Instrument;
import io.streamforge.mid.MidChange;
import io.streamforge.state.VersionedSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * {@link SymbolSample} on its way to the graph, and while it waits there for its sample to be
 * complete.
 */
public final class SymbolSampleSerializer extends VersionedSerializer<SymbolSample> {
  private static final long serialVersionUID = 1;

  @Override
  public String id() {
    return "symbol-sample";
  }

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(SymbolSample sample, DataOutputView out) throws IOException {
    out.writeUTF(sample.instrument().venue());
    out.writeUTF(sample.instrument().symbol());
    out.writeLong(sample.timeUs());
    out.writeByte(sample.status().code());
    out.writeLong(sample.sequence());
    out.writeDouble(sample.mid());
    out.writeDouble(sample.logReturn());
    out.writeInt(sample.features().length);
    for (double feature : sample.features()) {
      out.writeDouble(feature);
    }
    out.writeInt(sample.changes().size());
    for (MidChange change : sample.changes()) {
      out.writeInt((int) (sample.timeUs() - change.timeUs()));
      out.writeInt(change.heldUs());
      out.writeDouble(change.logReturn());
    }
  }

  @Override
  protected SymbolSample read(int version, DataInputView in) throws IOException {
    Instrument instrument = new Instrument(in.readUTF(), in.readUTF());
    long timeUs = in.readLong();
    BookStatus status = BookStatus.ofCode(in.readByte());
    long sequence = in.readLong();
    double mid = in.readDouble();
    double logReturn = in.readDouble();
    double[] features = new double[in.readInt()];
    for (int i = 0; i < features.length; i++) {
      features[i] = in.readDouble();
    }
    int size = in.readInt();
    List<MidChange> changes = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      changes.add(new MidChange(timeUs - in.readInt(), in.readInt(), in.readDouble()));
    }
    return new SymbolSample(
        instrument, timeUs, status, sequence, mid, logReturn, features, changes);
  }
}
