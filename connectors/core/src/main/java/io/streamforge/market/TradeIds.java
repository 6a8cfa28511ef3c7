package io.streamforge.market;

/** How the trade ids of an instrument run. Ids that run in different ways name different things. */
public enum TradeIds {
  /** There are none: whether a trade is a repeat cannot be told. */
  NONE(0),
  /** Each trade's is one above the last one's, so that a skip is a trade that is missing. */
  CONSECUTIVE(1),
  /**
   * Likewise, of aggregated trades: those that one order made at one price, sent as one. They are
   * counted on their own, beside the single trades.
   */
  CONSECUTIVE_AGGREGATE(2),
  /**
   * An id identifies its trade, and says nothing of any other: numbers of all instruments, UUIDs.
   */
  UNORDERED(3);

  private final int code;

  TradeIds(int code) {
    this.code = code;
  }

  /** The number that stands for it in state. */
  public int code() {
    return code;
  }

  /** Whether an id that was passed over is a trade that is missing. */
  public boolean areConsecutive() {
    return this == CONSECUTIVE || this == CONSECUTIVE_AGGREGATE;
  }

  /**
   * The way of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TradeIds ofCode(int code) {
    return switch (code) {
      case 0 -> NONE;
      case 1 -> CONSECUTIVE;
      case 2 -> CONSECUTIVE_AGGREGATE;
      case 3 -> UNORDERED;
      default -> throw new IllegalArgumentException("no trade ids have the code " + code);
    };
  }
}
