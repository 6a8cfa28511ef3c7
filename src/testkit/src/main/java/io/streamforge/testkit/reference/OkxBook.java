package io.streamforge.testkit.reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** OKX: each update names the one before, or a checksum of the best 25 levels tells, or both. */
public final class OkxBook extends PlainBook {
  private int depth;
  private int verified;

  @Override
  public Outcome apply(BookMessage message) {
    if (message.snapshot()) {
      depth = message.depth();
    } else if (!isLive()) {
      return Outcome.NOTHING;
    } else if (message.previous() != null && !message.previous().equals(sequence)) {
      if (message.last() > sequence) {
        status = "gap";
      }
      return Outcome.NOTHING;
    }
    put(message);
    bids.truncate(depth);
    asks.truncate(depth);
    if (message.checksum() != null) {
      if (message.checksum() != checksum(bids.best(25), asks.best(25))) {
        status = "checksum-mismatch";
        return Outcome.NOTHING;
      }
      verified++;
    }
    status = "live";
    return message.snapshot() ? Outcome.SNAPSHOT : Outcome.DELTA;
  }

  /** How many checksums were right. */
  public int verified() {
    return verified;
  }

  /** Signed CRC-32 of the text of two sides, best levels first. */
  public static long checksum(List<Level> bids, List<Level> asks) {
    CRC32 crc = new CRC32();
    crc.update(text(bids, asks).getBytes(StandardCharsets.US_ASCII));
    return (int) crc.getValue();
  }

  /** {@code bid:quantity:ask:quantity:…}, without those that a side does not have. */
  public static String text(List<Level> bids, List<Level> asks) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      for (List<Level> side : List.of(bids, asks)) {
        if (i < side.size()) {
          texts.add(side.get(i).price().toPlainString());
          texts.add(side.get(i).quantity().toPlainString());
        }
      }
    }
    return String.join(":", texts);
  }
}
