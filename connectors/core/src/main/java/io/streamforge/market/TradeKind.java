package io.streamforge.market;

/** Whether a trade is one of the market's, and if not, what it is instead. */
public enum TradeKind {
  /** Somebody took what somebody else offered, for all to see. */
  MARKET(0, "market"),
  /** The venue's insurance fund took over a position, at a price of its own. */
  INSURANCE_FUND(1, "insurance-fund"),
  /** A position was closed against others' to cover a loss (auto-deleveraging). */
  ADL(2, "adl"),
  /** Agreed on away from the book. */
  BLOCK(3, "block"),
  /** An id without a trade, as one of quantity 0; or what the venue names in a way unknown here. */
  OTHER(4, "other");

  private static final TradeKind[] BY_CODE = values();

  private final int code;
  private final String text;

  TradeKind(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The form that stands in records. */
  public String text() {
    return text;
  }

  /** The number that stands for it in state. */
  public int code() {
    return code;
  }

  /**
   * The kind of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TradeKind ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no kind of trade has the code " + code);
    }
    return BY_CODE[code];
  }
}
