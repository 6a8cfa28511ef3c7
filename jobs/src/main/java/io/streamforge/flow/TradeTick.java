package io.streamforge.flow;

import io.streamforge.book.MidPath;
import io.streamforge.market.Decimals;
import io.streamforge.market.ExactSum;
import io.streamforge.market.Trade;
import java.util.List;

/**
 * The trades of the interval that ends at a tick, summed up. NaN is a value that does not exist.
 *
 * @param trades how many
 * @param volume base units
 * @param signedVolume base units, bought minus sold by aggressors
 * @param quoteVolume quote units
 * @param effectiveSpreadBps quantity-weighted
 * @param mid of the book as of the tick
 * @param referenceRate reference units for one quote unit
 */
public record TradeTick(
    long trades,
    double volume,
    double signedVolume,
    double quoteVolume,
    double effectiveSpreadBps,
    double mid,
    double referenceRate) {

  /**
   * Sums up trades in log order.
   *
   * @param mids the mids that the trades are measured against
   */
  public static TradeTick of(
      List<Trade> trades, MidPath mids, long staleAfterUs, double mid, double referenceRate) {
    if (trades.isEmpty()) {
      return new TradeTick(0, 0, 0, 0, Double.NaN, mid, referenceRate);
    }
    int priceScale = 0;
    int quantityScale = 0;
    for (Trade trade : trades) {
      priceScale = Math.max(priceScale, trade.priceScale());
      quantityScale = Math.max(quantityScale, trade.quantityScale());
    }
    ExactSum volume = new ExactSum();
    ExactSum signedVolume = new ExactSum();
    ExactSum quoteVolume = new ExactSum();
    double weight = 0;
    double weightedSpread = 0;
    for (Trade trade : trades) {
      long finerPrice = Decimals.powerOfTen(priceScale - trade.priceScale());
      long finerQuantity = Decimals.powerOfTen(quantityScale - trade.quantityScale());
      volume.addProduct(trade.quantity(), finerQuantity);
      signedVolume.addProduct(trade.side().sign() * trade.quantity(), finerQuantity);
      quoteVolume.addProduct(trade.price() * finerPrice, trade.quantity() * finerQuantity);
      double before = mids.asOf(trade.effectiveTimeUs(), staleAfterUs);
      if (trade.side().sign() != 0 && !Double.isNaN(before)) {
        double quantity = ExactSum.toDouble(trade.quantity(), trade.quantityScale());
        double price = ExactSum.toDouble(trade.price(), trade.priceScale());
        weight += quantity;
        weightedSpread += quantity * (2e4 * trade.side().sign() * (price - before) / before);
      }
    }
    return new TradeTick(
        trades.size(),
        volume.toDouble(quantityScale),
        signedVolume.toDouble(quantityScale),
        quoteVolume.toDouble(priceScale + quantityScale),
        weight > 0 ? weightedSpread / weight : Double.NaN,
        mid,
        referenceRate);
  }

  /** Volume-weighted average price, quote units. */
  double vwap() {
    return trades > 0 ? quoteVolume / volume : Double.NaN;
  }
}
