package io.streamforge.testkit.reference;

import java.math.BigDecimal;

/** Best bid and best ask. */
public record Quote(Level bid, Level ask) {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** Exact. */
  public BigDecimal mid() {
    return bid.price().add(ask.price()).divide(TWO);
  }

  /** Best bid at or above best ask. */
  public boolean crossed() {
    return bid.price().compareTo(ask.price()) >= 0;
  }

  /** One term of the order-flow imbalance of Cont, Kukanov and Stoikov. */
  public BigDecimal flowSince(Quote before) {
    int b = bid.price().compareTo(before.bid.price());
    int a = ask.price().compareTo(before.ask.price());
    BigDecimal flow = BigDecimal.ZERO;
    if (b >= 0) {
      flow = flow.add(bid.quantity());
    }
    if (b <= 0) {
      flow = flow.subtract(before.bid.quantity());
    }
    if (a <= 0) {
      flow = flow.subtract(ask.quantity());
    }
    if (a >= 0) {
      flow = flow.add(before.ask.quantity());
    }
    return flow;
  }
}
