package io.streamforge.testkit.reference;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** Kraken: no sequence but a checksum of the best ten levels of each side. */
public final class KrakenBook extends PlainBook {

  @Override
  long checksum(PlainSide bids, PlainSide asks) {
    return checksum(asks.best(10), bids.best(10));
  }

  @Override
  int checkedLevels() {
    return 10;
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
