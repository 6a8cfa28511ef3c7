package io.streamforge.market;

/** How a venue computes the checksum that it sends with a book. */
public enum Checksum {
  /**
   * CRC-32 of the ten best asks, then the ten best bids, each price and quantity as text without
   * its point and leading zeros. Sees the top ten levels only. <a
   * href="https://docs.kraken.com/api/docs/guides/spot-ws-book-v2">Kraken</a>
   */
  KRAKEN(1),
  /**
   * CRC-32 of the 25 best levels a side as {@code price:quantity} in the text that was sent, best
   * bid, best ask, second bid and so on, joined by colons; where one side is shorter, the other
   * goes on. Sees the top 25 levels only. <a
   * href="https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel">OKX</a>,
   * and Bitget
   */
  OKX(2);

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
    return switch (code) {
      case 1 -> KRAKEN;
      case 2 -> OKX;
      default -> throw new IllegalArgumentException("no checksum has the code " + code);
    };
  }
}
