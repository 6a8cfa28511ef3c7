package io.streamforge.wire;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentNames;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Origin;
import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads records of the raw topics: their messages, what a record must have beside one, and what its
 * headers say of the feed. A record of books that cannot be read is itself an event of its book,
 * which has lost a message: that of the instrument that its body names, else its key. A book among
 * the trades, or a trade among the books, is refused.
 */
public final class RecordDecoder {
  private static final String WRONG_TOPIC = "wrong-topic";

  private final MessageDecoder messages;
  private final boolean keyRequired;
  private final String booksTopic;
  private final BookUpdateBuilder notice = new BookUpdateBuilder();
  private final List<MarketEvent> notices = new ArrayList<>();
  private String flaw;
  private boolean failed;
  private int lateEvents;
  private int staleTrades;
  private boolean unused;

  /**
   * @param keyRequired whether a record without a key is refused: its topic has several partitions,
   *     so that nothing keeps an instrument's messages in order
   * @param booksTopic the topic of order books
   */
  public RecordDecoder(MessageDecoder messages, boolean keyRequired, String booksTopic) {
    this.messages = messages;
    this.keyRequired = keyRequired;
    this.booksTopic = booksTopic;
  }

  /** Whether a record moves the watermark of its partition and says nothing else. */
  public static boolean isHeartbeat(RawRecord record) {
    return record.value() == null && record.event() == null && record.hasReceiveTime();
  }

  /**
   * The events of a record that is no heartbeat, without the trades that were stale on arrival. Of
   * a record that is {@link #flaw flawed} these are the ones that could be read.
   *
   * @return valid until the next call
   */
  public List<MarketEvent> decode(RawRecord record) {
    flaw = null;
    failed = false;
    lateEvents = 0;
    staleTrades = 0;
    unused = false;
    notices.clear();
    messages.begin();
    List<MarketEvent> events;
    try {
      events = read(record);
    } catch (DecodeException e) {
      events = unreadable(record, e.reason());
    } catch (RuntimeException e) { // a defect of a decoder costs its message, not the market
      failed = true;
      events = unreadable(record, "decoder-failed");
    }
    for (MarketEvent event : events) {
      if (event.effectiveTimeUs() != event.eventTimeUs()) {
        lateEvents++;
      }
      if (event instanceof BookUpdate update) { // of what a trade causes there is nothing to trace
        update.inSession(record.session()).trace(record.traceparent());
      }
    }
    if (messages.tellsOrigins()) {
      tellOrigins(record, events);
    }
    return events;
  }

  private static void tellOrigins(RawRecord record, List<MarketEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      Origin origin = new Origin(record.receiveTimeUs(), record.partition(), record.offset(), i);
      events.set(i, events.get(i).from(origin));
    }
  }

  private List<MarketEvent> read(RawRecord record) throws DecodeException {
    if (!record.hasReceiveTime()) {
      throw new DecodeException("bad-receive-time");
    }
    if (record.key() == null && keyRequired) {
      throw new DecodeException("no-key");
    }
    if (record.event() == null) {
      List<MarketEvent> events =
          messages.decode(record.venue(), record.keyText(), record.value(), record.receiveTimeUs());
      flaw = messages.flaw();
      staleTrades = messages.staleTrades();
      unused = messages.unused();
      return ofTopic(record, events);
    }
    if (!record.event().equals(RawRecord.DISCONNECTED)) {
      throw new DecodeException("unknown-event");
    }
    if (!isOfBooks(record)) {
      throw new DecodeException(WRONG_TOPIC);
    }
    List<String> venues = messages.venues(record.venue());
    if (!venues.isEmpty()) {
      notify(record, venues, BookUpdate.Kind.DISCONNECTED);
    } else if (record.venue() != null && InstrumentNames.isVenue(record.venue())) {
      // The canonical feed names its venues in its messages, of which this is none.
      notify(record, List.of(record.venue()), BookUpdate.Kind.DISCONNECTED);
    } else {
      throw new DecodeException("no-venue");
    }
    return notices;
  }

  /**
   * The events whose topic is this one. Nothing orders the records of two topics, so what a book is
   * must not depend on both. Of a subscription's acknowledgement among trades nothing is lost.
   */
  private List<MarketEvent> ofTopic(RawRecord record, List<MarketEvent> events) {
    boolean ofBooks = isOfBooks(record);
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i) instanceof BookUpdate != ofBooks) {
        if (!isAcknowledgement(events.remove(i))) {
          flaw = WRONG_TOPIC;
        }
      }
    }
    return events;
  }

  private static boolean isAcknowledgement(MarketEvent event) {
    return event instanceof BookUpdate update && update.kind() == BookUpdate.Kind.SUBSCRIBED;
  }

  private boolean isOfBooks(RawRecord record) {
    return record.topic().equals(booksTopic);
  }

  private List<MarketEvent> unreadable(RawRecord record, String reason) {
    flaw = reason;
    notices.clear();
    if (isOfBooks(record) && record.hasReceiveTime()) {
      Set<Instrument> named = new LinkedHashSet<>(messages.named());
      try {
        if (named.isEmpty()) {
          notify(record, messages.venues(record.venue()), BookUpdate.Kind.UNREADABLE);
        }
      } catch (DecodeException e) {
        notices.clear(); // no instrument has such a name
      }
      for (Instrument instrument : named) {
        notify(instrument, record, BookUpdate.Kind.UNREADABLE);
      }
    }
    return notices;
  }

  private void notify(RawRecord record, List<String> venues, BookUpdate.Kind kind)
      throws DecodeException {
    for (String venue : venues) {
      Arrival arrival = messages.arrival(record.keyText(), venue, record.receiveTimeUs());
      notify(arrival.instrument(null), record, kind);
    }
  }

  private void notify(Instrument instrument, RawRecord record, BookUpdate.Kind kind) {
    long timeUs = record.receiveTimeUs();
    notices.add(notice.begin().untimed().notice(kind).build(instrument, timeUs, timeUs));
  }

  /**
   * Why the last record, or a part of it, could not be read, which makes it a dead letter; null
   * where all was read.
   */
  public String flaw() {
    return flaw;
  }

  /** Whether the last record could not be read because its decoder has a defect. */
  public boolean failed() {
    return failed;
  }

  /** How many events of the last record count later than they happened. */
  public int lateEvents() {
    return lateEvents;
  }

  /** How many trades of the last record were left out. */
  public int staleTrades() {
    return staleTrades;
  }

  /** Whether the last record was read and holds neither trade nor book, as a heartbeat does. */
  public boolean unused() {
    return unused;
  }
}
