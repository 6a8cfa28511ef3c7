package io.streamforge.market;

/** Who took liquidity in a trade. */
public enum Side {
  BUY(1),
  SELL(-1),
  UNKNOWN(0);

  private final int sign;

  Side(int sign) {
    this.sign = sign;
  }

  /**
   * The side of a sign.
   *
   * @throws IllegalArgumentException if it is not −1, 0 or 1
   */
  public static Side ofSign(int sign) {
    return switch (sign) {
      case 1 -> BUY;
      case -1 -> SELL;
      case 0 -> UNKNOWN;
      default -> throw new IllegalArgumentException("no side has the sign " + sign);
    };
  }

  /** +1 where the aggressor bought, −1 where it sold, 0 where that is not known. */
  public int sign() {
    return sign;
  }
}
