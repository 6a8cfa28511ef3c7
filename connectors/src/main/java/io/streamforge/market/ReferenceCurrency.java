package io.streamforge.market;

import java.util.Locale;

/**
 * What a quote currency is worth in the reference currency, the US dollar. Without a registry of
 * instruments a quote that is a dollar or a dollar's stable coin counts as one dollar; of any other
 * nothing is known.
 */
public final class ReferenceCurrency {
  private ReferenceCurrency() {}

  /**
   * Reference units for one unit of the instrument's quote currency; NaN where that is not known.
   */
  public static double rate(Instrument instrument) {
    String symbol = instrument.symbol().toUpperCase(Locale.ROOT);
    boolean dollar = symbol.endsWith("USD") || symbol.endsWith("USDT") || symbol.endsWith("USDC");
    return dollar ? 1.0 : Double.NaN;
  }
}
