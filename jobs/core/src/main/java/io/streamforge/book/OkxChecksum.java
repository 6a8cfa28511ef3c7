package io.streamforge.book;

import io.streamforge.market.Decimals;
import java.util.zip.CRC32;

/** {@link io.streamforge.market.Checksum#OKX} of a book. */
final class OkxChecksum implements BookChecksum {
  private static final int LEVELS = 25;

  private final CRC32 crc = new CRC32();
  private final byte[] text = new byte[Long.SIZE + Byte.MAX_VALUE];
  private boolean first;

  @Override
  public int levels() {
    return LEVELS;
  }

  @Override
  public int of(Ladder bids, Ladder asks, int priceScale, int quantityScale) {
    crc.reset();
    first = true;
    for (int rank = 0; rank < Math.min(LEVELS, Math.max(bids.size(), asks.size())); rank++) {
      add(bids, rank, priceScale, quantityScale);
      add(asks, rank, priceScale, quantityScale);
    }
    return (int) crc.getValue();
  }

  private void add(Ladder side, int rank, int priceScale, int quantityScale) {
    if (rank < side.size()) {
      short sent = side.sentScalesAt(rank);
      add(side.priceAt(rank), priceScale, sent >> 8);
      add(side.quantityAt(rank), quantityScale, sent & 0xff);
    }
  }

  // The number with as many decimals as were sent, behind a colon if it is not the first.
  private void add(long value, int scale, int sentScale) {
    int at = text.length;
    int digits = 0;
    for (; digits < sentScale - scale; digits++) {
      text[--at] = '0';
    }
    long rest = value / Decimals.powerOfTen(Math.max(0, scale - sentScale));
    do {
      if (digits == sentScale && digits > 0) {
        text[--at] = '.';
      }
      text[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
      digits++;
    } while (rest != 0 || digits <= sentScale);
    if (!first) {
      text[--at] = ':';
    }
    first = false;
    crc.update(text, at, text.length - at);
  }
}
