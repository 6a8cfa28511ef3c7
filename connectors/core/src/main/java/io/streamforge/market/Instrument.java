package io.streamforge.market;

import java.util.Objects;

/** One market of one venue. The same symbol text on two venues is two instruments. */
public final class Instrument {
  private final String venue;
  private final String symbol;
  private final String id;

  /**
   * @param venue name of the venue, without a colon
   * @param symbol the market as the venue writes it
   */
  public Instrument(String venue, String symbol) {
    this.venue = Objects.requireNonNull(venue);
    this.symbol = Objects.requireNonNull(symbol);
    this.id = venue + ':' + symbol;
  }

  /**
   * The instrument of an id.
   *
   * @throws IllegalArgumentException if the id is not of the form {@code venue:symbol}
   */
  public static Instrument ofId(String id) {
    int colon = id.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("not venue:symbol: " + id);
    }
    return new Instrument(id.substring(0, colon), id.substring(colon + 1));
  }

  public String venue() {
    return venue;
  }

  public String symbol() {
    return symbol;
  }

  /** {@code venue:symbol}, the instrument's name in keys and records. */
  public String id() {
    return id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Instrument that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
