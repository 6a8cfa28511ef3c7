package io.streamforge.kafka;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Origin;
import io.streamforge.market.Trade;
import io.streamforge.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link MarketEvent} on its way to the operator that keeps its instrument. */
public final class MarketEventSerializer extends VersionedSerializer<MarketEvent> {
  private static final long serialVersionUID = 1;
  private static final int TRADE = 0;
  private static final int BOOK = 1;
  private static final int TRACED_BOOK = 2;

  /** Added to the others: the event says where it came from. */
  private static final int WITH_ORIGIN = 4;

  @Override
  public String id() {
    return "market-event";
  }

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(MarketEvent event, DataOutputView out) throws IOException {
    out.writeUTF(event.instrument().venue());
    out.writeUTF(event.instrument().symbol());
    if (event instanceof Trade trade) {
      write(TRADE, trade.origin(), out);
      trade.writeTo(out);
      if (trade.origin() != null) {
        writeVenueId(trade.venueId(), out);
      }
    } else if (event instanceof BookUpdate update) {
      boolean traced = update.traceparent() != null;
      write(traced ? TRACED_BOOK : BOOK, update.origin(), out);
      update.writeTo(out);
      if (traced) {
        out.writeUTF(update.traceparent());
      }
    }
  }

  private static void write(int code, Origin origin, DataOutputView out) throws IOException {
    if (origin == null) {
      out.writeByte(code);
      return;
    }
    out.writeByte(code + WITH_ORIGIN);
    out.writeLong(origin.receiveTimeUs());
    out.writeInt(origin.partition());
    out.writeLong(origin.offset());
    out.writeInt(origin.place());
  }

  private static void writeVenueId(String text, DataOutputView out) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  @Override
  protected MarketEvent read(int version, DataInputView in) throws IOException {
    Instrument instrument = new Instrument(in.readUTF(), in.readUTF());
    int code = in.readByte();
    if (code < WITH_ORIGIN) {
      return read(code, instrument, in);
    }
    Origin origin = new Origin(in.readLong(), in.readInt(), in.readLong(), in.readInt());
    MarketEvent event = read(code - WITH_ORIGIN, instrument, in);
    boolean named = event instanceof Trade && in.readBoolean();
    return (named ? ((Trade) event).under(in.readUTF()) : event).from(origin);
  }

  private static MarketEvent read(int code, Instrument instrument, DataInputView in)
      throws IOException {
    return switch (code) {
      case TRADE -> Trade.readFrom(in, instrument);
      case BOOK -> BookUpdate.readFrom(in, instrument);
      case TRACED_BOOK -> BookUpdate.readFrom(in, instrument).trace(in.readUTF());
      default -> throw new IOException("neither trade nor book");
    };
  }
}
