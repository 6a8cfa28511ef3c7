package io.streamforge.flow;

import io.streamforge.book.MidPath;
import io.streamforge.market.Decimals;
import io.streamforge.market.ExactSum;
import io.streamforge.market.Trade;
import java.util.ArrayList;
import java.util.Comparator;
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
    int quantityScale = 0;
    for (Trade trade : trades) {
      quantityScale = Math.max(quantityScale, trade.quantityScale());
    }
    ExactSum volume = new ExactSum();
    ExactSum signedVolume = new ExactSum();
    double weight = 0;
    double weightedSpread = 0;
    for (Trade trade : trades) {
      long finerQuantity = Decimals.powerOfTen(quantityScale - trade.quantityScale());
      volume.addProduct(trade.quantity(), finerQuantity);
      signedVolume.addProduct(trade.side().sign() * trade.quantity(), finerQuantity);
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
        quoteVolume(trades),
        weight > 0 ? weightedSpread / weight : Double.NaN,
        mid,
        referenceRate);
  }

  // Coarsest first: the sum in 128 bits becomes finer, not a number that might not fit 64.
  private static double quoteVolume(List<Trade> trades) {
    List<Trade> coarsestFirst = new ArrayList<>(trades);
    coarsestFirst.sort(Comparator.comparingInt(TradeTick::valueScale));
    ExactSum sum = new ExactSum();
    int scale = 0;
    for (Trade trade : coarsestFirst) {
      if (valueScale(trade) > scale) {
        sum.rescale(valueScale(trade) - scale);
        scale = valueScale(trade);
      }
      sum.addProduct(trade.price(), trade.quantity());
    }
    return sum.toDouble(scale);
  }

  private static int valueScale(Trade trade) {
    return trade.priceScale() + trade.quantityScale();
  }

  /** Volume-weighted average price, quote units. */
  double vwap() {
    return trades > 0 ? quoteVolume / volume : Double.NaN;
  }
}
