package io.streamforge.instrument;

import io.streamforge.market.Instrument;
import io.streamforge.market.Trade;
import io.streamforge.time.SampleGrid;
import io.streamforge.window.PageStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Trades that wait in the state, in the order of their samples. The heap knows where the next one
 * stands, and holds the page's bytes from the first of its samples until {@link #close}.
 */
final class TradePage {
  private static final byte VERSION = 1;

  /** The grids of windows, whose ids are smaller, share the store. */
  private static final long FIRST_KEY = 100L << 56;

  private final long number;
  private long nextSampleUs;
  private int nextOffset;

  /** Null while the store alone has them. */
  private byte[] bytes;

  TradePage(long number, long nextSampleUs, int nextOffset) {
    this.number = number;
    this.nextSampleUs = nextSampleUs;
    this.nextOffset = nextOffset;
  }

  /** Puts trades, which stand in the order of their samples, into the store. */
  static TradePage put(long number, List<Trade> trades, long intervalUs, PageStore store)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    int begin = out.size();
    for (Trade trade : trades) {
      trade.writeTo(out);
    }
    store.put(FIRST_KEY | number, bytes.toByteArray());
    long first = SampleGrid.after(trades.get(0).effectiveTimeUs(), intervalUs);
    return new TradePage(number, first, begin);
  }

  long number() {
    return number;
  }

  /** The sample of the next trade; {@link Long#MAX_VALUE} if all have been taken. */
  long nextSampleUs() {
    return nextSampleUs;
  }

  /** Where the next trade stands in the page. */
  int nextOffset() {
    return nextOffset;
  }

  /** Moves the trades of the samples up to one to a list. */
  void takeUntil(
      long sampleUs, long intervalUs, Instrument instrument, PageStore store, List<Trade> taken)
      throws IOException {
    if (bytes == null) {
      bytes = store.get(FIRST_KEY | number);
      if (bytes[0] != VERSION) {
        throw new IOException(
            "a page of trades has version %d, this StreamForge reads %d"
                .formatted(bytes[0], VERSION));
      }
    }
    ByteArrayInputStream left =
        new ByteArrayInputStream(bytes, nextOffset, bytes.length - nextOffset);
    DataInputStream in = new DataInputStream(left);
    while (left.available() > 0) {
      nextOffset = bytes.length - left.available();
      Trade trade = Trade.readFrom(in, instrument);
      nextSampleUs = SampleGrid.after(trade.effectiveTimeUs(), intervalUs);
      if (nextSampleUs > sampleUs) {
        return;
      }
      taken.add(trade);
    }
    nextSampleUs = Long.MAX_VALUE;
    bytes = null;
    store.remove(FIRST_KEY | number);
  }

  /** Whether the heap holds the bytes. */
  boolean isOpen() {
    return bytes != null;
  }

  /** Leaves the bytes to the store. */
  void close() {
    bytes = null;
  }
}
