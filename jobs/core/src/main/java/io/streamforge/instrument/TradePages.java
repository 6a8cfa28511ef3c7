package io.streamforge.instrument;

import io.streamforge.market.Instrument;
import io.streamforge.market.Trade;
import io.streamforge.time.SampleGrid;
import io.streamforge.window.PageStore;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * An instrument's pages of trades in the state.
 *
 * @param intervalUs from one sample to the next
 */
record TradePages(Instrument instrument, long intervalUs, PageStore store) {
  /** What a page has before its trades: the version. */
  static final int HEADER_BYTES = 1;

  private static final byte VERSION = 1;

  /** The grids of windows, whose ids are smaller, share the store. */
  private static final long FIRST_KEY = 100L << 56;

  /** The sample that publishes a trade. */
  long sampleUs(Trade trade) {
    return SampleGrid.after(trade.effectiveTimeUs(), intervalUs);
  }

  void put(long number, List<Trade> trades) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    for (Trade trade : trades) {
      trade.writeTo(out);
    }
    store.put(FIRST_KEY | number, bytes.toByteArray());
  }

  byte[] get(long number) throws IOException {
    byte[] bytes = store.get(FIRST_KEY | number);
    if (bytes[0] != VERSION) {
      throw new IOException(
          "a page of trades has version %d, this StreamForge reads %d"
              .formatted(bytes[0], VERSION));
    }
    return bytes;
  }

  void remove(long number) throws IOException {
    store.remove(FIRST_KEY | number);
  }

  /** Reads the next trade of a page. */
  Trade read(DataInput page) throws IOException {
    return Trade.readFrom(page, instrument);
  }
}
