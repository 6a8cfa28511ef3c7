package io.streamforge.market;

import java.io.Serializable;

/**
 * What an instrument is: what its prices and quantities count.
 *
 * @param base what is traded, null where that is not known
 * @param quote what prices are in, null where that is not known
 * @param kind how a quantity becomes base and quote units
 * @param contractSize base units of one unit of quantity; quote units where the kind is inverse
 * @param referenceRate reference units for one unit of the quote, NaN where that is not known; only
 *     nominally so where there is a {@code rateFrom}
 * @param priceIncrement smallest step of prices, NaN where that is not known
 * @param rateFrom id of the instrument whose mid is the rate of the quote, null where that is fixed
 */
public record InstrumentSpec(
    String base,
    String quote,
    Kind kind,
    double contractSize,
    double referenceRate,
    String rateFrom,
    double priceIncrement)
    implements Serializable {

  /** How a quantity becomes base and quote units. */
  public enum Kind {
    /** Quantities are base units. */
    SPOT,
    /** Quantities are contracts of {@code contractSize} base units. */
    LINEAR,
    /** Quantities are contracts worth {@code contractSize} quote units, settled in the base. */
    INVERSE,
    /** Quantities are contracts on {@code contractSize} base units; prices are premiums. */
    OPTION
  }

  /** Of an instrument whose quote has a fixed rate. */
  public InstrumentSpec(
      String base, String quote, Kind kind, double contractSize, double referenceRate) {
    this(base, quote, kind, contractSize, referenceRate, null, Double.NaN);
  }

  /** Of an instrument whose quantities are base units, and of which no more is known. */
  public static InstrumentSpec spot(double referenceRate) {
    return new InstrumentSpec(null, null, Kind.SPOT, 1, referenceRate);
  }

  /** Whether the quote's rate is {@code referenceRate} at any time. */
  public boolean hasFixedRate() {
    return rateFrom == null;
  }

  /** Whether a quantity is an amount of quote units, whatever the price. */
  public boolean inverse() {
    return kind == Kind.INVERSE;
  }

  /** Base units of a quantity at a price. */
  public double baseUnits(double quantity, double price) {
    return inverse() ? quantity * contractSize / price : quantity * contractSize;
  }

  /** Quote units of a quantity at a price. */
  public double quoteUnits(double quantity, double price) {
    return inverse() ? quantity * contractSize : quantity * contractSize * price;
  }
}
