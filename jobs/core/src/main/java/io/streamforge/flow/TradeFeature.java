package io.streamforge.flow;

import io.streamforge.catalogue.Feature;
import java.util.function.ToDoubleFunction;

/** Features of the trades in [T−Δ, T). */
public enum TradeFeature implements Feature {
  TRADES("trades", "count", "trades", "never", true, TradeSample::trades),
  VOLUME("volume", "base", "Σ q", "never", false, TradeSample::volume),
  SIGNED_VOLUME(
      "signed_volume",
      "base",
      "Σ q·(+1 aggressor buys, −1 sells, 0 unknown)",
      "never",
      false,
      TradeSample::signedVolume),
  QUOTE_VOLUME("quote_volume", "quote", "Σ p·q", "never", false, TradeSample::quoteVolume),
  LOG_QUOTE_VOLUME(
      "log_quote_volume",
      "log reference",
      "ln(1 + quote_volume) in the reference currency",
      "the quote's rate is not known",
      true,
      TradeSample::quoteVolume) {
    @Override
    public double inReference(double quoteVolume, double rate) {
      return StrictMath.log(1 + quoteVolume * rate);
    }
  },
  VWAP("vwap", "quote", "quote_volume/volume", "no trades", false, TradeSample::vwap),
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
      TradeSample::effectiveSpreadBps);

  private final Description description;
  private final ToDoubleFunction<TradeSample> value;

  TradeFeature(
      String name,
      String unit,
      String formula,
      String nullWhen,
      boolean inGraph,
      ToDoubleFunction<TradeSample> value) {
    this.description = new Description(name, unit, "Δ", formula, "", nullWhen, inGraph);
    this.value = value;
  }

  @Override
  public Description description() {
    return description;
  }

  /** The value at a sample, in quote units, NaN where it does not exist. */
  public double of(TradeSample sample) {
    return value.applyAsDouble(sample);
  }
}
