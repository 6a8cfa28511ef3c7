package io.streamforge.graph.record;

import io.streamforge.catalogue.Feature;

/**
 * Features of a node that need the other nodes. They stand at the end of the graph's {@code x} and
 * not in {@code symbol-features}, which knows no graph.
 */
public enum MarketFeature implements Feature {
  /** Regression of a node on the rest of the market. */
  BETA_MARKET_5M(
      new Description(
          "beta_market_5m",
          "",
          "5m",
          "Σ y m / Σ m², m = mean 5 s return of the graph's other nodes that have one",
          "",
          "fewer than 30 samples with both, or Σ m² = 0",
          true));

  private final Description description;

  MarketFeature(Description description) {
    this.description = description;
  }

  @Override
  public Description description() {
    return description;
  }
}
