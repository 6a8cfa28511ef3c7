package io.streamforge.instrument;

import io.streamforge.market.Trade;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;

/**
 * Trades that wait in the state, in the order of their samples. The heap knows where the next one
 * stands, and holds the page's bytes from when they are read first until {@link #close}.
 */
final class TradePage {
  private static final long NONE = Long.MAX_VALUE;

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
  static TradePage put(long number, List<Trade> trades, TradePages pages) throws IOException {
    pages.put(number, trades);
    return new TradePage(number, pages.sampleUs(trades.get(0)), TradePages.HEADER_BYTES);
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

  /**
   * Adds the trades of a sample to a list, if it has any.
   *
   * @return the next of its samples behind that one; {@link Long#MAX_VALUE} for none
   */
  long read(long sampleUs, TradePages pages, List<Trade> read) throws IOException {
    if (nextSampleUs > sampleUs) {
      return nextSampleUs;
    }
    ByteArrayInputStream left = left(pages);
    DataInputStream in = new DataInputStream(left);
    while (left.available() > 0) {
      Trade trade = pages.read(in);
      long ofUs = pages.sampleUs(trade);
      if (ofUs > sampleUs) {
        return ofUs;
      }
      if (ofUs == sampleUs) {
        read.add(trade);
      }
    }
    return NONE;
  }

  /** Takes the trades of the samples up to one away. */
  void drop(long sampleUs, TradePages pages) throws IOException {
    if (nextSampleUs > sampleUs) {
      return;
    }
    ByteArrayInputStream left = left(pages);
    DataInputStream in = new DataInputStream(left);
    while (left.available() > 0) {
      nextOffset = bytes.length - left.available();
      nextSampleUs = pages.sampleUs(pages.read(in));
      if (nextSampleUs > sampleUs) {
        return;
      }
    }
    nextSampleUs = NONE;
    bytes = null;
    pages.remove(number);
  }

  private ByteArrayInputStream left(TradePages pages) throws IOException {
    if (bytes == null) {
      bytes = pages.get(number);
    }
    return new ByteArrayInputStream(bytes, nextOffset, bytes.length - nextOffset);
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
