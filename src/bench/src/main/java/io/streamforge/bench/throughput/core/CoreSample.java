package io.streamforge.bench.throughput.core;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What F0 and KS put out of an instrument at a sample: the core of {@code symbol-features/1}, null
 * where a value does not exist; written by Jackson's databind.
 */
public record CoreSample(
    String instrument,
    @JsonProperty("time_us") long timeUs,
    Double mid,
    @JsonProperty("spread_bps") Double spreadBps,
    @JsonProperty("weighted_mid_bps") Double weightedMidBps,
    @JsonProperty("imbalance_1") Double imbalance1,
    @JsonProperty("imbalance_5") Double imbalance5,
    @JsonProperty("imbalance_20") Double imbalance20,
    double trades,
    double volume,
    @JsonProperty("signed_volume") double signedVolume,
    @JsonProperty("quote_volume") double quoteVolume,
    @JsonProperty("vwap_bps") Double vwapBps,
    @JsonProperty("return_bps") Double returnBps) {

  /** Names of the features. */
  public static final List<String> FEATURES =
      List.of(
          "mid",
          "spread_bps",
          "weighted_mid_bps",
          "imbalance_1",
          "imbalance_5",
          "imbalance_20",
          "trades",
          "volume",
          "signed_volume",
          "quote_volume",
          "vwap_bps",
          "return_bps");
}
