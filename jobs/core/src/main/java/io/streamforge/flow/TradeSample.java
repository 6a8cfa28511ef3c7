package io.streamforge.flow;

import io.streamforge.market.Decimals;
import io.streamforge.market.ExactSum;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.Trade;
import io.streamforge.mid.MidPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
      List<Trade> trades, MidPath mids, long staleAfterUs, double mid, InstrumentSpec spec) {
    if (trades.isEmpty()) {
      return new TradeSample(0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, Double.NaN, mid);
    }
    ExactSum quoteVolume = new ExactSum();
    ExactSum signedQuoteVolume = new ExactSum();
    int valueScale = addValues(trades, quoteVolume, signedQuoteVolume);
    ExactSum volume = new ExactSum();
    ExactSum signedVolume = new ExactSum();
    int quantityScale = addQuantities(trades, volume, signedVolume);
    double weight = 0;
    double weightedSpread = 0;
    for (Trade trade : trades) {
      double before = mids.asOf(trade.effectiveTimeUs(), staleAfterUs);
      if (trade.side().sign() != 0 && !Double.isNaN(before)) {
        double quantity = ExactSum.toDouble(trade.quantity(), trade.quantityScale());
        double price = ExactSum.toDouble(trade.price(), trade.priceScale());
        weight += quantity;
        weightedSpread += quantity * (2e4 * trade.side().sign() * (price - before) / before);
      }
    }
    double contracts = volume.toDouble(quantityScale) * spec.contractSize();
    double signedContracts = signedVolume.toDouble(quantityScale) * spec.contractSize();
    boolean inverse = spec.inverse();
    return new TradeSample(
        trades.size(),
        inverse ? inverseVolume(trades, spec, false) : contracts,
        inverse ? inverseVolume(trades, spec, true) : signedContracts,
        volume.toBigDecimal(quantityScale),
        signedVolume.toBigDecimal(quantityScale),
        inverse ? contracts : quoteVolume.toDouble(valueScale) * spec.contractSize(),
        inverse ? signedContracts : signedQuoteVolume.toDouble(valueScale) * spec.contractSize(),
        weight > 0 ? weightedSpread / weight : Double.NaN,
        mid);
  }

  /** Base units of inverse contracts, each at its own price; in log order. */
  private static double inverseVolume(List<Trade> trades, InstrumentSpec spec, boolean signed) {
    double sum = 0;
    for (Trade trade : trades) {
      double quantity = ExactSum.toDouble(trade.quantity(), trade.quantityScale());
      double price = ExactSum.toDouble(trade.price(), trade.priceScale());
      sum += (signed ? trade.side().sign() : 1) * spec.baseUnits(quantity, price);
    }
    return sum;
  }

  /** Volume-weighted average price of some trades, quote units. */
  static double averagePrice(List<Trade> trades) {
    ExactSum value = new ExactSum();
    int valueScale = addValues(trades, value, new ExactSum());
    ExactSum volume = new ExactSum();
    int quantityScale = addQuantities(trades, volume, new ExactSum());
    return value.toDouble(valueScale) / volume.toDouble(quantityScale);
  }

  /**
   * Adds up quantities.
   *
   * @return the scale of the sums
   */
  private static int addQuantities(List<Trade> trades, ExactSum sum, ExactSum signedSum) {
    int scale = 0;
    for (Trade trade : trades) {
      scale = Math.max(scale, trade.quantityScale());
    }
    for (Trade trade : trades) {
      long finer = Decimals.powerOfTen(scale - trade.quantityScale());
      sum.addProduct(trade.quantity(), finer);
      signedSum.addProduct(trade.side().sign() * trade.quantity(), finer);
    }
    return scale;
  }

  /**
   * Adds up prices times quantities, the coarsest first: the sums become finer, not a number that
   * might not fit 64 bits.
   *
   * @return the scale of the sums
   */
  private static int addValues(List<Trade> trades, ExactSum sum, ExactSum signedSum) {
    List<Trade> coarsestFirst = new ArrayList<>(trades);
    coarsestFirst.sort(Comparator.comparingInt(TradeSample::valueScale));
    int scale = 0;
    for (Trade trade : coarsestFirst) {
      if (valueScale(trade) > scale) {
        sum.rescale(valueScale(trade) - scale);
        signedSum.rescale(valueScale(trade) - scale);
        scale = valueScale(trade);
      }
      sum.addProduct(trade.price(), trade.quantity());
      signedSum.addProduct(trade.price(), trade.side().sign() * trade.quantity());
    }
    return scale;
  }

  private static int valueScale(Trade trade) {
    return trade.priceScale() + trade.quantityScale();
  }

  /** Volume-weighted average price, quote units. */
  double vwap() {
    return trades > 0 ? quoteVolume / volume : Double.NaN;
  }
}
