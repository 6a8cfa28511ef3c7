package io.streamforge.wire;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import java.util.ArrayList;
import java.util.List;

/**
 * What a decoder makes of one message: the events that it could read, and why a part of it could
 * not be read. A message without either is neither book nor trade. For one thread; used again.
 */
public final class Decoded {
  /** A message that names more is made to take memory: each name may cost a notice. */
  private static final int MOST_NAMED = 1_000;

  private final boolean keepsVenueIds;
  private final List<MarketEvent> events = new ArrayList<>();
  private final List<Instrument> named = new ArrayList<>();
  private String flaw;

  /** Of trades whose ids are told apart, and not told again. */
  public Decoded() {
    this(false);
  }

  /**
   * @param keepsVenueIds whether {@link Trade#venueId} is wanted
   */
  public Decoded(boolean keepsVenueIds) {
    this.keepsVenueIds = keepsVenueIds;
  }

  /** Whether {@link Trade#venueId} is wanted. */
  public boolean keepsVenueIds() {
    return keepsVenueIds;
  }

  /** Forgets the message before. */
  public void begin() {
    events.clear();
    named.clear();
    flaw = null;
  }

  /**
   * Adds an event, in the order in which things happened. A book message that has lost levels for
   * no other reason holds numbers that do not fit one scale.
   */
  public void add(MarketEvent event) {
    events.add(event);
    if (event instanceof BookUpdate update && update.flawed()) {
      flaw("number-out-of-range");
    }
  }

  /**
   * Says which instrument the message is about, as soon as its body has told: if the message cannot
   * be used, it is that one's book that has lost it, whatever the key.
   */
  public void about(Instrument instrument) {
    if (named.size() < MOST_NAMED) {
      named.add(instrument);
    }
  }

  /** Whether the last event says that a message of an instrument's book could not be read. */
  boolean hasJustLost(Instrument instrument) {
    return !events.isEmpty()
        && events.get(events.size() - 1) instanceof BookUpdate last
        && last.kind() == BookUpdate.Kind.UNREADABLE
        && last.instrument().equals(instrument);
  }

  /**
   * Says that a part of the message (a level, a trade, a product) could not be read: the message is
   * a dead letter, and the rest of it counts. The first reason stands.
   *
   * @param reason one of our own short texts, as in {@link DecodeException}
   */
  public void flaw(String reason) {
    if (flaw == null) {
      flaw = reason;
    }
  }

  /** The events, which the decoder may reorder. */
  public List<MarketEvent> events() {
    return events;
  }

  /** The instruments that the body has named so far; some may stand there twice. */
  public List<Instrument> named() {
    return named;
  }

  /** Why a part could not be read; null where all was. */
  public String flaw() {
    return flaw;
  }
}
