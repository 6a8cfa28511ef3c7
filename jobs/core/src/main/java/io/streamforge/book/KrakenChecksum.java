package io.streamforge.book;

import io.streamforge.market.Decimals;
import java.util.zip.CRC32;

/** {@link io.streamforge.market.Checksum#KRAKEN} of a book. */
final class KrakenChecksum implements BookChecksum {
  private static final int LEVELS = 10;

  private final CRC32 crc = new CRC32();
  private final byte[] digits = new byte[Long.SIZE + Byte.MAX_VALUE];

  @Override
  public int levels() {
    return LEVELS;
  }

  @Override
  public int of(Ladder bids, Ladder asks, int priceScale, int quantityScale) {
    crc.reset();
    add(asks, priceScale, quantityScale);
    add(bids, priceScale, quantityScale);
    return (int) crc.getValue();
  }

  private void add(Ladder side, int priceScale, int quantityScale) {
    for (int rank = 0; rank < Math.min(LEVELS, side.size()); rank++) {
      short sent = side.sentScalesAt(rank);
      add(side.priceAt(rank), priceScale - (sent >> 8));
      add(side.quantityAt(rank), quantityScale - (sent & 0xff));
    }
  }

  // Without the last digits, which are zeros, or with as many zeros more.
  private void add(long value, int beyondSent) {
    int at = digits.length;
    for (int zeros = beyondSent; zeros < 0; zeros++) {
      digits[--at] = '0';
    }
    long rest = value / Decimals.powerOfTen(Math.max(0, beyondSent));
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    crc.update(digits, at, digits.length - at);
  }
}
