package io.streamforge.cli.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
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

  private static final String SCHEMA = "symbol-features/1";

  /** What a browser is not to be burdened with. */
  private static final int LONGEST_NAME = 256;

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads a record's value.
   *
   * @throws IOException if it is none of {@code symbol-features/1}
   */
  static SymbolRecord read(byte[] value) throws IOException {
    String schema = null;
    String instrument = null;
    String book = null;
    long timeUs = 0;
    double[] values = new double[FEATURES.size()];
    Arrays.fill(values, Double.NaN);
    try (JsonParser json = JSON.createParser(value)) {
      json.nextToken();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        switch (field) {
          case "schema" -> schema = json.getText();
          case "instrument" -> instrument = json.getText();
          case "book" -> book = json.getText();
          case "time_us" -> timeUs = json.getLongValue();
          case "features" -> readFeatures(json, values);
          default -> json.skipChildren();
        }
      }
    }
    if (!SCHEMA.equals(schema) || !isName(instrument) || !isName(book)) {
      throw new IOException("no record of " + SCHEMA);
    }
    return new SymbolRecord(instrument, timeUs, book, values);
  }

  private static boolean isName(String text) {
    return text != null && text.length() <= LONGEST_NAME;
  }

  private static void readFeatures(JsonParser json, double[] values) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      int column = FEATURES.indexOf(name);
      if (column >= 0 && token.isNumeric()) {
        double number = json.getDoubleValue();
        values[column] = Double.isFinite(number) ? number : Double.NaN;
      }
      json.skipChildren();
    }
  }
}
