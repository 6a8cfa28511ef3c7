package io.streamforge.testkit.simulated;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The venues' checksums of a true state, from their documentation alone. */
final class TopCrc {
  private TopCrc() {}

  /** Kraken's: ten asks, ten bids, digits without point and leading zeros; unsigned. */
  static long ofKraken(TrueState state) {
    StringBuilder text = new StringBuilder(256);
    for (boolean bids : new boolean[] {false, true}) {
      for (int i = 0; i < state.size(bids, 10); i++) {
        text.append(state.ticks(bids)[i]).append(state.units(bids)[i]);
      }
    }
    return crc(text);
  }

  /** OKX's and Bitget's: 25 levels, bid and ask in turn, texts joined by colons; signed. */
  static int ofOkx(TrueState state, MessageText numbers) {
    StringBuilder text = new StringBuilder(1024);
    for (int rank = 0; rank < 25; rank++) {
      for (boolean bids : new boolean[] {true, false}) {
        if (rank < state.size(bids, 25)) {
          text.append(text.length() == 0 ? "" : ":");
          text.append(numbers.plain(state.ticks(bids)[rank], true)).append(':');
          text.append(numbers.plain(state.units(bids)[rank], false));
        }
      }
    }
    return (int) crc(text);
  }

  private static long crc(CharSequence text) {
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    return crc.getValue();
  }
}
