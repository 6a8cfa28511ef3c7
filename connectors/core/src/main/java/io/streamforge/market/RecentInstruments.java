package io.streamforge.market;

/**
 * Instruments that come again and again, made once. Each has one place, where it takes over from
 * another: memory is bounded whatever comes. For one thread.
 */
public final class RecentInstruments {
  private static final int PLACES = 1 << 10;

  private final Instrument[] instruments = new Instrument[PLACES];

  /** The instrument of these names, if it was added and is still held; else null. */
  public Instrument known(String venue, String symbol) {
    Instrument held = instruments[place(venue, symbol)];
    return held != null && held.symbol().equals(symbol) && held.venue().equals(venue) ? held : null;
  }

  /** Holds an instrument, which it returns. */
  public Instrument add(Instrument instrument) {
    instruments[place(instrument.venue(), instrument.symbol())] = instrument;
    return instrument;
  }

  private static int place(String venue, String symbol) {
    int hash = 31 * venue.hashCode() + symbol.hashCode();
    return (hash ^ hash >>> 16) & PLACES - 1;
  }
}
