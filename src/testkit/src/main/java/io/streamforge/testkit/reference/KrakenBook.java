package io.streamforge.testkit.reference;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** Kraken: no sequence but a checksum of the best ten levels of each side. */
public final class KrakenBook extends PlainBook {
  private int depth;
  private int verified;

  @Override
  public Outcome apply(BookMessage message) {
    if (!message.snapshot() && !isLive()) {
      return Outcome.NOTHING;
    }
    if (message.snapshot()) {
      depth = message.depth();
    }
    put(message);
    bids.truncate(depth);
    asks.truncate(depth);
    if (message.checksum() != null
        && message.checksum() != checksum(asks.best(10), bids.best(10))) {
      status = "checksum-mismatch";
      return Outcome.NOTHING;
    }
    verified += message.checksum() == null ? 0 : 1;
    status = "live";
    return message.snapshot() ? Outcome.SNAPSHOT : Outcome.DELTA;
  }

  /** How many checksums were right. */
  public int verified() {
    return verified;
  }

  /** CRC-32 of price and quantity, without dots and leading zeros, of ten asks and ten bids. */
  public static long checksum(List<Level> asks, List<Level> bids) {
    StringBuilder text = new StringBuilder();
    for (List<Level> side : List.of(asks, bids)) {
      for (Level level : side.subList(0, Math.min(10, side.size()))) {
        text.append(digits(level.price().toPlainString()));
        text.append(digits(level.quantity().toPlainString()));
      }
    }
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static String digits(String decimal) {
    return decimal.replace(".", "").replaceFirst("^0+", "");
  }
}
