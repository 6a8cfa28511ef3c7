package io.streamforge.volatility;

import io.streamforge.catalogue.Feature;
import java.util.function.ToDoubleFunction;

/**
 * Features of the mid's path. r: log returns of the mid from sample to sample; R10: of ten seconds,
 * complete bins aligned to the epoch, the newest that have ended. Where they are summed up, each is
 * clamped to ±0.33554432. Annualised for a market that never closes: σ = √(RV/n · 31 536 000/h), n
 * returns of h seconds each.
 */
public enum VolatilityFeature implements Feature {
  RETURN_BPS(
      "return_bps",
      "bp",
      "Δ",
      "10⁴ ln(mid_T/mid_{T−Δ})",
      "",
      Null.MIDS,
      true,
      v -> 1e4 * v.logReturn()),
  RETURN_1M_BPS(
      "return_1m_bps",
      "bp",
      "1m",
      "10⁴ ln(mid_T/mid_{T−1m})",
      "",
      Null.MIDS,
      true,
      v -> 1e4 * v.logReturn(60)),
  RETURN_5M_BPS(
      "return_5m_bps",
      "bp",
      "5m",
      "10⁴ ln(mid_T/mid_{T−5m})",
      "",
      Null.MIDS,
      true,
      v -> 1e4 * v.logReturn(300)),
  ZERO_RETURN_SHARE_5M(
      "zero_return_share_5m",
      "0…1",
      "5m",
      "share of the returns that are 0",
      "",
      Null.RETURNS,
      true,
      Volatility::zeroReturnShare5m),
  VOLATILITY_1M(
      "volatility_1m",
      "1/√year",
      "1m",
      "σ of r, RV = Σ r²",
      "",
      Null.RETURNS,
      true,
      v -> v.ofGridReturns(60)),
  VOLATILITY_5M(
      "volatility_5m",
      "1/√year",
      "5m",
      "σ of r, RV = Σ r²",
      "",
      Null.RETURNS,
      true,
      v -> v.ofGridReturns(300)),
  VOLATILITY_1H(
      "volatility_1h",
      "1/√year",
      "1h",
      "σ of R10",
      "",
      Null.HOUR,
      true,
      v -> v.tenSeconds().volatility1h()),
  VOLATILITY_24H(
      "volatility_24h",
      "1/√year",
      "24h",
      "σ of R10 in the newest 144 whole ten minutes, that of the newest R10 included",
      "",
      "fewer than 4320 returns",
      true,
      v -> v.tenSeconds().volatility24h()),
  VARIANCE_RATIO_1H(
      "variance_ratio_1h",
      "",
      "1h",
      "Σ R10²/Σ r², r in the same bins, in the newest 60 whole minutes, that of the newest R10"
          + " included",
      "Lo & MacKinlay 1988",
      "fewer than 180 returns R10, or no mid moved",
      true,
      v -> v.tenSeconds().varianceRatio1h()),
  UP_SHARE_5M(
      "up_share_5m",
      "0…1",
      "5m",
      "Σ r²·1{r>0}/Σ r²",
      "Barndorff-Nielsen, Kinnebrock & Shephard 2010",
      "fewer than 30 returns, or all are 0",
      true,
      Volatility::upShare5m),
  BIPOWER_VARIATION_1H(
      "bipower_variation_1h",
      "variance",
      "1h",
      "(π/2)·N/P·Σ |R_k||R_{k−1}|, N returns, P products of two that exist; R = R10, or where more"
          + " than 20 % of these are 0 returns of 60 s: six R10, the last ending with the newest",
      "Barndorff-Nielsen & Shephard 2004",
      Null.JUMPS,
      false,
      v -> v.tenSeconds().variance1h().bipower()),
  MED_RV_1H(
      "med_rv_1h",
      "variance",
      "1h",
      "π/(6−4√3+π)·N/M·Σ median(|R_{k−1}|, |R_k|, |R_{k+1}|)², N returns, M medians of three that"
          + " exist; R as in bipower_variation_1h",
      "Andersen, Dobrev & Schaumburg 2012",
      Null.JUMPS,
      false,
      v -> v.tenSeconds().variance1h().medRv()),
  JUMP_SHARE_1H(
      "jump_share_1h",
      "0…1",
      "1h",
      "max(0, 1 − bipower_variation_1h/Σ R²), R as there",
      "Barndorff-Nielsen & Shephard 2004",
      Null.JUMPS,
      true,
      v -> v.tenSeconds().variance1h().jumpShare()),
  TSRV_5M(
      "tsrv_5m",
      "variance",
      "5m",
      "(RV_5/5 − s·RV_1)/(1 − s), RV_K = Σ ln²(mid_i/mid_{i−K}) over the n_K that end in the window"
          + " of the mid at its changes (the last of each 100 ms), s = n_5/(5 n_1); the newest 30"
          + " whole ten seconds",
      "Zhang, Mykland & Aït-Sahalia 2005",
      "fewer than 50 changes, n_5 < n_1/2, or negative",
      false,
      v -> v.bars().twoScaleVariance()),
  PARKINSON_5M(
      "parkinson_5m",
      "1/√year",
      "5m",
      "√(mean of v/f · year/h) over the newest 30 bars of h = 10 s of the mid, each opening at the"
          + " last close, or the newest 5 of six such bars, h = 60 s, where those of 10 s hold fewer"
          + " than 5 changes on average; v = ln²(H/L)/(4 ln 2); f = Σ n·f(n)/Σ n, n changes in a bar,"
          + " f(n) = 1 − 1.34126/√n + 0.9757/n − 0.2731/n^1.5: the share that n Gaussian steps show",
      "Parkinson 1980; Garman & Klass 1980, table 1",
      Null.BARS,
      true,
      v -> v.bars().ranges().parkinson()),
  GARMAN_KLASS_5M(
      "garman_klass_5m",
      "1/√year",
      "5m",
      "the same, v = ½ ln²(H/L) − (2 ln 2 − 1) ln²(C/O), f = 1 − 2 ln 2·(1 − f of parkinson_5m)",
      "Garman & Klass 1980",
      Null.BARS,
      false,
      v -> v.bars().ranges().garmanKlass()),
  ROGERS_SATCHELL_5M(
      "rogers_satchell_5m",
      "1/√year",
      "5m",
      "the same, v = ln(H/C) ln(H/O) + ln(L/C) ln(L/O), f(n) = 1 − 1.8593811/√n + 1.1714/n"
          + " − 0.313/n^1.5",
      "Rogers & Satchell 1991",
      Null.BARS,
      false,
      v -> v.bars().ranges().rogersSatchell()),
  EWMA_VOLATILITY(
      "ewma_volatility",
      "1/√year",
      "all",
      "√(S · year), S ← λS + (1 − λ) r²/Δ, λ = 2^(−Δ/60 s), from the first r on",
      "",
      "before 30 returns",
      true,
      Volatility::ewmaVolatility);

  private static final class Null {
    static final String MIDS = "one of the mids does not exist";
    static final String RETURNS = "fewer than 30 returns";
    static final String HOUR = "fewer than 180 returns";
    static final String JUMPS =
        "fewer than 180 returns of 10 s, or more than 20 % of those of 60 s are 0 too";
    static final String BARS =
        "fewer than 15 bars of 10 s and 3 of 60 s, or than 5 changes a bar of 60 s on average";
  }

  private final Description description;
  private final ToDoubleFunction<Volatility> value;

  VolatilityFeature(
      String name,
      String unit,
      String window,
      String formula,
      String source,
      String nullWhen,
      boolean inGraph,
      ToDoubleFunction<Volatility> value) {
    this.description = new Description(name, unit, window, formula, source, nullWhen, inGraph);
    this.value = value;
  }

  @Override
  public Description description() {
    return description;
  }

  /** The value at the newest sample, NaN where it does not exist. */
  public double of(Volatility volatility) {
    return value.applyAsDouble(volatility);
  }
}
