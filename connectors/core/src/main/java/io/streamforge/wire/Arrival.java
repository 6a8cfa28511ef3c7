package io.streamforge.wire;

import io.streamforge.market.Instrument;
import io.streamforge.time.TimePolicy;

/**
 * How a message came: what a decoder may need beside its bytes.
 *
 * @param key the record's key, the symbol where the message does not name it; may be null
 * @param venue the venue that it was received from
 * @param receiveTimeUs when it was received, microseconds since the epoch
 */
public record Arrival(String key, String venue, long receiveTimeUs, TimePolicy time) {
  private static final int MAX_NAME_LENGTH = 128;

  /** The instrument that the body names, else the key. */
  public Instrument instrument(String symbol) throws DecodeException {
    String name = symbol != null ? symbol : key;
    if (name == null || name.isEmpty()) {
      throw new DecodeException("no-symbol");
    }
    if (!isName(name)) {
      throw new DecodeException("bad-symbol");
    }
    return new Instrument(venue, name);
  }

  /** The instrument of a body that names its venue too. */
  Instrument instrument(String namedVenue, String symbol) throws DecodeException {
    if (namedVenue == null
        || namedVenue.isEmpty()
        || namedVenue.indexOf(':') >= 0
        || !isName(namedVenue)) {
      throw new DecodeException("no-venue");
    }
    return new Instrument(namedVenue, instrument(symbol).symbol());
  }

  /**
   * Whether a text can stand in keys, records and messages to people: short, all of it visible, no
   * half character.
   */
  static boolean isName(String text) {
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.SURROGATE -> {
          return false;
        }
        default -> {
          // A letter, a digit, a sign.
        }
      }
    }
    return text.length() <= MAX_NAME_LENGTH;
  }

  /** When something that happened at {@code eventTimeUs} counts. */
  public long effectiveTimeUs(long eventTimeUs) throws DecodeException {
    if (time.isFuture(eventTimeUs, receiveTimeUs)) {
      throw new DecodeException("event-time-in-future");
    }
    return time.effectiveTimeUs(eventTimeUs, receiveTimeUs);
  }
}
