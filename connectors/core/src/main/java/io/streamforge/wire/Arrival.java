package io.streamforge.wire;

import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentNames;
import io.streamforge.market.RecentInstruments;
import io.streamforge.time.TimePolicy;

/**
 * How a message came: what a decoder may need beside its bytes.
 *
 * @param key the record's key, the symbol where the message does not name it; may be null
 * @param venue the venue that it was received from
 * @param receiveTimeUs when it was received, microseconds since the epoch
 * @param time what counts as late
 * @param instruments those that messages before it were about
 */
public record Arrival(
    String key, String venue, long receiveTimeUs, TimePolicy time, RecentInstruments instruments) {
  /** The instrument that the body names, else the key. */
  public Instrument instrument(String symbol) throws DecodeException {
    return checked(venue, symbol);
  }

  /** The instrument of a body that names its venue too: {@code [a-z0-9][a-z0-9.-]*}. */
  Instrument instrument(String namedVenue, String symbol) throws DecodeException {
    if (namedVenue == null || namedVenue.isEmpty()) {
      throw new DecodeException("no-venue");
    }
    if (!InstrumentNames.isVenue(namedVenue)) {
      throw new DecodeException("bad-venue");
    }
    return checked(namedVenue, symbol);
  }

  private Instrument checked(String ofVenue, String symbol) throws DecodeException {
    String name = symbol != null ? symbol : key;
    if (name == null || name.isEmpty()) {
      throw new DecodeException("no-symbol");
    }
    Instrument known = instruments.known(ofVenue, name);
    if (known != null) {
      return known;
    }
    if (!InstrumentNames.isSymbol(name)) {
      throw new DecodeException("bad-symbol");
    }
    return instruments.add(new Instrument(ofVenue, name));
  }

  /** When something that happened at {@code eventTimeUs} counts. */
  public long effectiveTimeUs(long eventTimeUs) throws DecodeException {
    if (time.isFuture(eventTimeUs, receiveTimeUs)) {
      throw new DecodeException("event-time-in-future");
    }
    return time.effectiveTimeUs(eventTimeUs, receiveTimeUs);
  }
}
