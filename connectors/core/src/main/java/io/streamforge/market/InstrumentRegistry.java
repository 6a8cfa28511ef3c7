package io.streamforge.market;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of the instruments. Of one that it does not list nothing is, but that a symbol that
 * ends in the name of the US dollar, or of a stable coin of its, has prices in dollars, and that
 * what a venue lists in one market alike is so: a contract of Bybit's inverse market is worth a
 * dollar, and Bitget's {@code BTCPERP} has prices in USDC.
 */
public final class InstrumentRegistry implements Serializable {
  private static final long serialVersionUID = 1;

  /** Lists nothing. */
  public static final InstrumentRegistry EMPTY = new InstrumentRegistry(Map.of());

  private static final InstrumentSpec DOLLARS = InstrumentSpec.spot(1);
  private static final InstrumentSpec UNKNOWN = InstrumentSpec.spot(Double.NaN);
  private static final InstrumentSpec CONTRACTS_OF_A_DOLLAR =
      new InstrumentSpec(null, null, InstrumentSpec.Kind.INVERSE, 1, 1);

  private final HashMap<String, InstrumentSpec> byId;

  /**
   * @param byId by {@link Instrument#id}
   */
  public InstrumentRegistry(Map<String, InstrumentSpec> byId) {
    this.byId = new HashMap<>(byId);
  }

  /** Whether it lists an instrument, by its {@link Instrument#id}. */
  public boolean lists(String id) {
    return byId.containsKey(id);
  }

  /** What is known of an instrument. */
  public InstrumentSpec of(Instrument instrument) {
    return of(instrument.id());
  }

  /** What is known of an instrument by its {@link Instrument#id}. */
  public InstrumentSpec of(String id) {
    InstrumentSpec listed = byId.get(id);
    if (listed != null) {
      return listed;
    }
    if (id.startsWith("bybit-inverse:")) {
      return CONTRACTS_OF_A_DOLLAR;
    }
    if (id.startsWith("bitget-usdc-futures:")) {
      return DOLLARS;
    }
    String symbol = id.toUpperCase(Locale.ROOT);
    boolean dollars = symbol.endsWith("USD") || symbol.endsWith("USDT") || symbol.endsWith("USDC");
    return dollars ? DOLLARS : UNKNOWN;
  }

  /** Ids of the instruments whose mids are rates of others' quotes. */
  public Set<String> rateInstruments() {
    return byId.values().stream()
        .filter(spec -> !spec.hasFixedRate())
        .map(InstrumentSpec::rateFrom)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InstrumentRegistry that && byId.equals(that.byId);
  }

  @Override
  public int hashCode() {
    return byId.hashCode();
  }
}
