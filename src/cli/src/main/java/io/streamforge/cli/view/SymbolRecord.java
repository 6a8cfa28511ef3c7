package io.streamforge.cli.view;

import io.streamforge.record.SymbolFeaturesRecord;
import java.io.IOException;
import java.util.List;

/**
 * What the page shows of a record of {@code symbol-features}.
 *
 * @param values of {@link #FEATURES}, in that order; NaN where one does not exist
 */
record SymbolRecord(String instrument, long timeUs, String book, double[] values) {
  /** By their names in the record. */
  static final List<String> FEATURES =
      List.of(
          "mid",
          "spread_bps",
          "imbalance_1",
          "imbalance_5",
          "imbalance_20",
          "depth_bid_10bps",
          "depth_ask_10bps",
          "ofi_normalised_1m",
          "return_1m_bps",
          "volatility_1m",
          "volatility_5m",
          "ewma_volatility",
          "trades",
          "volume",
          "signed_volume",
          "trade_imbalance_1m");

  /** What a browser is not to be burdened with. */
  private static final int LONGEST_NAME = 256;

  /**
   * What is shown of a record.
   *
   * @throws IOException if it has a name that is too long to be shown
   */
  static SymbolRecord of(SymbolFeaturesRecord record) throws IOException {
    if (record.instrument().length() > LONGEST_NAME || record.book().length() > LONGEST_NAME) {
      throw new IOException("a name of more than %d characters".formatted(LONGEST_NAME));
    }
    double[] values =
        FEATURES.stream()
            .mapToDouble(record::feature)
            .map(value -> Double.isFinite(value) ? value : Double.NaN)
            .toArray();
    return new SymbolRecord(record.instrument(), record.timeUs(), record.book(), values);
  }
}
