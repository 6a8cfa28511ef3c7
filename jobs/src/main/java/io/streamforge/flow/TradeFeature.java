package io.streamforge.flow;

import io.streamforge.catalogue.Feature;
import java.util.function.ToDoubleFunction;

/** Features of the trades in [T−Δ, T). */
public enum TradeFeature implements Feature {
  TRADES("trades", "count", "trades", "never", true, TradeTick::trades),
  VOLUME("volume", "base", "Σ q", "never", false, TradeTick::volume),
  SIGNED_VOLUME(
      "signed_volume",
      "base",
      "Σ q·(+1 aggressor buys, −1 sells, 0 unknown)",
      "never",
      false,
      TradeTick::signedVolume),
  QUOTE_VOLUME("quote_volume", "quote", "Σ p·q", "never", false, TradeTick::quoteVolume),
  LOG_QUOTE_VOLUME(
      "log_quote_volume",
      "log reference",
      "ln(1 + quote_volume) in the reference currency",
      "the quote's rate is not known",
      true,
      TradeTick::quoteVolume) {
    @Override
    public double inReference(double quoteVolume, double rate) {
      return StrictMath.log(1 + quoteVolume * rate);
    }
  },
  VWAP("vwap", "quote", "quote_volume/volume", "no trades", false, TradeTick::vwap),
  VWAP_BPS(
      "vwap_bps",
      "bp",
      "10⁴ (vwap − mid)/mid",
      "no trades, or no mid",
      true,
      t -> 1e4 * (t.vwap() - t.mid()) / t.mid()),
  EFFECTIVE_SPREAD_BPS(
      "effective_spread_bps",
      "bp",
      "mean, weighted by q, of 2·10⁴·side·(p − m)/m, m = the mid as of the last 100 ms",
      "no trade with a known side and m",
      true,
      TradeTick::effectiveSpreadBps);

  private final Description description;
  private final ToDoubleFunction<TradeTick> value;

  TradeFeature(
      String name,
      String unit,
      String formula,
      String nullWhen,
      boolean inGraph,
      ToDoubleFunction<TradeTick> value) {
    this.description = new Description(name, unit, "Δ", formula, "", nullWhen, inGraph);
    this.value = value;
  }

  @Override
  public Description description() {
    return description;
  }

  /** The value at a tick, in quote units, NaN where it does not exist. */
  public double of(TradeTick tick) {
    return value.applyAsDouble(tick);
  }
}
