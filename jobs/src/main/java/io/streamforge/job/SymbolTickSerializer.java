package io.streamforge.job;

import io.streamforge.book.BookStatus;
import io.streamforge.book.MidChange;
import io.streamforge.market.Instrument;
import io.streamforge.state.VersionedSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * {@link SymbolTick} on its way to the graph, and while it waits there for its tick to be complete.
 */
public final class SymbolTickSerializer extends VersionedSerializer<SymbolTick> {
  private static final long serialVersionUID = 1;

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(SymbolTick tick, DataOutputView out) throws IOException {
    out.writeUTF(tick.instrument().venue());
    out.writeUTF(tick.instrument().symbol());
    out.writeLong(tick.timeUs());
    out.writeByte(tick.status().code());
    out.writeLong(tick.sequence());
    out.writeDouble(tick.mid());
    out.writeDouble(tick.logReturn());
    out.writeInt(tick.features().length);
    for (double feature : tick.features()) {
      out.writeDouble(feature);
    }
    out.writeInt(tick.changes().size());
    for (MidChange change : tick.changes()) {
      out.writeInt((int) (tick.timeUs() - change.timeUs()));
      out.writeInt(change.heldUs());
      out.writeDouble(change.logReturn());
    }
  }

  @Override
  protected SymbolTick read(int version, DataInputView in) throws IOException {
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
    return new SymbolTick(instrument, timeUs, status, sequence, mid, logReturn, features, changes);
  }
}
