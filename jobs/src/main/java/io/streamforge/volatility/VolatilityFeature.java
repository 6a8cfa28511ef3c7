package io.streamforge.volatility;

import io.streamforge.catalogue.Feature;
import java.util.function.ToDoubleFunction;

/**
 * Features of the mid's path. r: log returns of the mid from tick to tick; R10: of ten seconds,
 * complete bins aligned to the epoch. Annualised for a market that never closes: σ = √(RV/n · 31
 * 536 000/h), n returns of h seconds each.
 */
public enum VolatilityFeature implements Feature {
  RETURN_BPS(
      "return_bps",
      "bp",
      "Δ",
      "10⁴ ln(mid_T/mid_{T−Δ})",
      "one of the mids does not exist",
      v -> 1e4 * v.logReturn()),
  ZERO_RETURN_SHARE_5M(
      "zero_return_share_5m",
      "0…1",
      "5m",
      "share of the returns that are 0",
      "fewer than 30 returns",
      Volatility::zeroReturnShare5m),
  VOLATILITY_1M(
      "volatility_1m",
      "1/√year",
      "1m",
      "σ of r, RV = Σ r²",
      "fewer than 30 returns",
      v -> v.ofGridReturns(60)),
  VOLATILITY_5M(
      "volatility_5m",
      "1/√year",
      "5m",
      "σ of r, RV = Σ r²",
      "fewer than 30 returns",
      v -> v.ofGridReturns(300)),
  VOLATILITY_1H(
      "volatility_1h",
      "1/√year",
      "1h",
      "σ of R10",
      "fewer than 180 returns",
      Volatility::ofTenSecondReturns1h);

  private final Description description;
  private final ToDoubleFunction<Volatility> value;

  VolatilityFeature(
      String name,
      String unit,
      String window,
      String formula,
      String nullWhen,
      ToDoubleFunction<Volatility> value) {
    this.description = new Description(name, unit, window, formula, "", nullWhen, true);
    this.value = value;
  }

  @Override
  public Description description() {
    return description;
  }

  /** The value at the newest tick, NaN where it does not exist. */
  public double of(Volatility volatility) {
    return value.applyAsDouble(volatility);
  }
}
