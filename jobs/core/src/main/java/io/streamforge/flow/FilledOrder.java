package io.streamforge.flow;

import io.streamforge.market.DecimalSum;
import io.streamforge.market.ExactSum;
import io.streamforge.market.Trade;

/** The fills of one order, which follow one another at the same venue time on the same side. */
final class FilledOrder {
  private final DecimalSum value = new DecimalSum();
  private final DecimalSum volume = new DecimalSum();

  /** Null before the first. */
  private Trade lastFill;

  private double firstPrice;
  private boolean onePrice = true;

  /** Another order begins. */
  void begin() {
    value.reset();
    volume.reset();
    lastFill = null;
    onePrice = true;
  }

  /** Whether a trade is another order's. */
  boolean endsBefore(Trade trade) {
    return lastFill != null
        && (lastFill.eventTimeUs() != trade.eventTimeUs() || lastFill.side() != trade.side());
  }

  void add(Trade fill) {
    double price = ExactSum.toDouble(fill.price(), fill.priceScale());
    firstPrice = lastFill != null ? firstPrice : price;
    onePrice &= price == firstPrice;
    value.addProduct(fill.price(), fill.quantity(), fill.priceScale() + fill.quantityScale());
    volume.add(fill.quantity(), fill.quantityScale());
    lastFill = fill;
  }

  /** The fills' average by volume; one price is that to the bit, however many fills it had. */
  double price() {
    return onePrice ? firstPrice : value.toDouble() / volume.toDouble();
  }
}
