package io.streamforge.market;

/** How a venue computes the checksum that it sends with a book. */
public enum Checksum {
  /**
   * CRC-32 of the ten best asks, then the ten best bids, each price and quantity as text without
   * its point and leading zeros. Sees the top ten levels only. <a
   * href="https://docs.kraken.com/api/docs/guides/spot-ws-book-v2">Kraken</a>
   */
  KRAKEN(1);

  private final int code;

  Checksum(int code) {
    this.code = code;
  }

  /** The number that stands for it in state. */
  public int code() {
    return code;
  }

  /**
   * The checksum of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Checksum ofCode(int code) {
    if (code != KRAKEN.code) {
      throw new IllegalArgumentException("no checksum has the code " + code);
    }
    return KRAKEN;
  }
}
