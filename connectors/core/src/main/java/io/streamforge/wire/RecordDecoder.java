package io.streamforge.wire;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.topic.RawRecord;
import java.util.List;

/** Reads records of the raw topics: their messages, and what a record must have beside one. */
public final class RecordDecoder {
  private final MessageDecoder messages;
  private final boolean keyRequired;
  private int lateEvents;

  /**
   * @param keyRequired whether a record without a key is refused: its topic has several partitions,
   *     so that nothing keeps an instrument's messages in order
   */
  public RecordDecoder(MessageDecoder messages, boolean keyRequired) {
    this.messages = messages;
    this.keyRequired = keyRequired;
  }

  /** Whether a record moves the watermark of its partition and says nothing else. */
  public static boolean isHeartbeat(RawRecord record) {
    return record.value() == null && record.hasReceiveTime();
  }

  /**
   * The events of a record that is no heartbeat, without the trades that were stale on arrival.
   *
   * @return valid until the next call
   * @throws DecodeException if the record cannot be used; then none of it is
   */
  public List<MarketEvent> decode(RawRecord record) throws DecodeException {
    if (!record.hasReceiveTime()) {
      throw new DecodeException("bad-receive-time");
    }
    if (record.key() == null && keyRequired) {
      throw new DecodeException("no-key");
    }
    List<MarketEvent> events =
        messages.decode(record.venue(), record.keyText(), record.value(), record.receiveTimeUs());
    lateEvents = 0;
    for (MarketEvent event : events) {
      if (event.effectiveTimeUs() != event.eventTimeUs()) {
        lateEvents++;
      }
      if (record.traceparent() != null && event instanceof BookUpdate update) {
        update.trace(record.traceparent()); // of what a trade causes there is nothing to trace
      }
    }
    return events;
  }

  /** How many events of the last record count later than they happened. */
  public int lateEvents() {
    return lateEvents;
  }

  /** How many trades of the last record were left out. */
  public int staleTrades() {
    return messages.staleTrades();
  }

  /** Whether the last record was read and holds neither trade nor book, as a quote does. */
  public boolean unused() {
    return messages.unused();
  }
}
