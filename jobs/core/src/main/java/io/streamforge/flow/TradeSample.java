package io.streamforge.flow;

import io.streamforge.market.DecimalSum;
import io.streamforge.market.ExactSum;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.Trade;
import io.streamforge.mid.MidPath;
import java.math.BigDecimal;

/**
 * The trades of the interval that ends at a sample, summed up. NaN is a value that does not exist.
 *
 * @param trades how many
 * @param volume base units
 * @param signedVolume base units, bought minus sold by aggressors
 * @param exactVolume in units of the trades' quantities
 * @param exactSignedVolume likewise
 * @param quoteVolume quote units
 * @param signedQuoteVolume quote units, bought minus sold by aggressors
 * @param effectiveSpreadBps quantity-weighted
 * @param mid of the book as of the sample
 */
public record TradeSample(
    long trades,
    double volume,
    double signedVolume,
    BigDecimal exactVolume,
    BigDecimal exactSignedVolume,
    double quoteVolume,
    double signedQuoteVolume,
    double effectiveSpreadBps,
    double mid) {

  /**
   * Sums up trades in log order.
   *
   * @param mids the mids that the trades are measured against
   */
  public static TradeSample of(
      Iterable<Trade> trades, MidPath mids, long staleAfterUs, double mid, InstrumentSpec spec) {
    long count = 0;
    DecimalSum quoteVolume = new DecimalSum();
    DecimalSum signedQuoteVolume = new DecimalSum();
    DecimalSum volume = new DecimalSum();
    DecimalSum signedVolume = new DecimalSum();
    double inverse = 0; // base units of inverse contracts, each at its own price
    double signedInverse = 0;
    double weight = 0;
    double weightedSpread = 0;
    for (Trade trade : trades) {
      count++;
      int sign = trade.side().sign();
      int valueScale = trade.priceScale() + trade.quantityScale();
      quoteVolume.addProduct(trade.price(), trade.quantity(), valueScale);
      signedQuoteVolume.addProduct(trade.price(), sign * trade.quantity(), valueScale);
      volume.add(trade.quantity(), trade.quantityScale());
      signedVolume.add(sign * trade.quantity(), trade.quantityScale());
      double quantity = ExactSum.toDouble(trade.quantity(), trade.quantityScale());
      double price = ExactSum.toDouble(trade.price(), trade.priceScale());
      if (spec.inverse()) {
        inverse += spec.baseUnits(quantity, price);
        signedInverse += sign * spec.baseUnits(quantity, price);
      }
      double before = mids.asOf(trade.effectiveTimeUs(), staleAfterUs);
      if (sign != 0 && !Double.isNaN(before)) {
        weight += quantity;
        weightedSpread += quantity * (2e4 * sign * (price - before) / before);
      }
    }
    double contracts = volume.toDouble() * spec.contractSize();
    double signedContracts = signedVolume.toDouble() * spec.contractSize();
    return new TradeSample(
        count,
        spec.inverse() ? inverse : contracts,
        spec.inverse() ? signedInverse : signedContracts,
        volume.toBigDecimal(),
        signedVolume.toBigDecimal(),
        spec.inverse() ? contracts : quoteVolume.toDouble() * spec.contractSize(),
        spec.inverse() ? signedContracts : signedQuoteVolume.toDouble() * spec.contractSize(),
        weight > 0 ? weightedSpread / weight : Double.NaN,
        mid);
  }

  /** Volume-weighted average price, quote units. */
  double vwap() {
    return trades > 0 ? quoteVolume / volume : Double.NaN;
  }
}
