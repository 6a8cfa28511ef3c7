package io.streamforge.kafka;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
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
      out.writeByte(TRADE);
      trade.writeTo(out);
    } else if (event instanceof BookUpdate update) {
      boolean traced = update.traceparent() != null;
      out.writeByte(traced ? TRACED_BOOK : BOOK);
      update.writeTo(out);
      if (traced) {
        out.writeUTF(update.traceparent());
      }
    }
  }

  @Override
  protected MarketEvent read(int version, DataInputView in) throws IOException {
    Instrument instrument = new Instrument(in.readUTF(), in.readUTF());
    return switch (in.readByte()) {
      case TRADE -> Trade.readFrom(in, instrument);
      case BOOK -> BookUpdate.readFrom(in, instrument);
      case TRACED_BOOK -> BookUpdate.readFrom(in, instrument).trace(in.readUTF());
      default -> throw new IOException("neither trade nor book");
    };
  }
}
