package io.streamforge.wire;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.RecentInstruments;
import io.streamforge.market.Trade;
import io.streamforge.time.TimePolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads messages of every venue, under the limits and the rules of time that hold for all. For one
 * thread.
 */
public final class MessageDecoder {
  private final TimePolicy time;
  private final int maxMessageBytes;
  private final Venues venues = Venues.ofThread();
  private final Map<String, VenueDecoder> decoders = new HashMap<>();
  private final Decoded decoded;
  private final RecentInstruments instruments = new RecentInstruments();
  private int staleTrades;
  private boolean unused;

  /**
   * Of the venues that the current thread's class loader finds.
   *
   * @param maxMessageBytes larger messages are refused
   * @throws IllegalArgumentException if two jars bring one venue
   */
  public MessageDecoder(TimePolicy time, int maxMessageBytes) {
    this(time, maxMessageBytes, false);
  }

  /**
   * Likewise.
   *
   * @param tellsOrigins whether events say where they came from, and trades their venue's ids
   */
  public MessageDecoder(TimePolicy time, int maxMessageBytes, boolean tellsOrigins) {
    this.time = time;
    this.maxMessageBytes = maxMessageBytes;
    this.decoded = new Decoded(tellsOrigins);
  }

  /** Whether events are to say where they came from. */
  boolean tellsOrigins() {
    return decoded.keepsVenueIds();
  }

  /** Forgets the last message. */
  void begin() {
    decoded.begin();
    staleTrades = 0;
    unused = false;
  }

  /**
   * The events of one message, without the trades that were stale on arrival; of one that is
   * flawed, those that could be read.
   *
   * @param venue as in the record's header, null for none
   * @param key the record's key, null for none
   * @return valid until the next call
   * @throws DecodeException if nothing of the message can be used
   */
  public List<MarketEvent> decode(String venue, String key, byte[] message, long receiveTimeUs)
      throws DecodeException {
    begin();
    if (message.length > maxMessageBytes) {
      throw new DecodeException("message-too-large");
    }
    decoder(venue).decode(message, arrival(key, venue, receiveTimeUs), decoded);
    List<MarketEvent> events = decoded.events();
    int before = events.size();
    unused = decoded.flaw() == null && (before == 0 || isAcknowledgement(events.get(0)));
    events.removeIf(
        event -> event instanceof Trade && time.isStale(event.eventTimeUs(), receiveTimeUs));
    staleTrades = before - events.size();
    return events;
  }

  /** How a message came. */
  Arrival arrival(String key, String venue, long receiveTimeUs) {
    return new Arrival(key, venue, receiveTimeUs, time, instruments);
  }

  private static boolean isAcknowledgement(MarketEvent event) {
    return event instanceof BookUpdate update && update.kind() == BookUpdate.Kind.SUBSCRIBED;
  }

  /** How many trades of the last message were left out. */
  public int staleTrades() {
    return staleTrades;
  }

  /** Why a part of the last message could not be read; null where all was. */
  public String flaw() {
    return decoded.flaw();
  }

  /** The instruments that the last message's body has named, as far as it could be read. */
  public List<Instrument> named() {
    return decoded.named();
  }

  /**
   * The venues whose instruments an unreadable message of a feed may be about; none where the venue
   * is not known.
   */
  public List<String> venues(String named) {
    try {
      return decoder(named).venues(named);
    } catch (DecodeException e) {
      return List.of();
    }
  }

  /** Whether the last message was read and holds neither trade nor book, as a quote does. */
  public boolean unused() {
    return unused;
  }

  private VenueDecoder decoder(String venue) throws DecodeException {
    if (venue == null) {
      throw new DecodeException("no-venue");
    }
    VenueDecoder decoder = decoders.get(venue);
    if (decoder == null) {
      decoder = venues.newDecoder(venue);
      if (decoder == null) {
        throw new DecodeException("unknown-venue");
      }
      decoders.put(venue, decoder);
    }
    return decoder;
  }
}
