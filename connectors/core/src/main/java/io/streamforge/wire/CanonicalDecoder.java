package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.TradeIds;

/**
 * StreamForge's own JSON, for feeds that have no decoder of their own: one trade, book snapshot or
 * book delta a message, venue and symbol in the body.
 *
 * <p>The rule: a delta follows {@code previous_sequence}; snapshots hold the whole book. A {@code
 * trade_id} identifies its trade and says nothing of others.
 */
final class CanonicalDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;

  private String type;
  private String venue;
  private String symbol;
  private Side side;
  private boolean snapshot;
  private long previousSequence;
  private long sequence;
  private long timeUs;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    type = null;
    venue = null;
    symbol = null;
    side = Side.UNKNOWN;
    snapshot = false;
    previousSequence = NONE;
    sequence = NONE;
    timeUs = NONE;
    DecodeException unread = readFields(json);
    if (unread != null && venue == null) {
      throw unread;
    }
    Instrument instrument = about(arrival.instrument(venue, symbol));
    if (unread != null) {
      throw unread;
    }
    if (timeUs == NONE) {
      book.untimed();
      timeUs = arrival.receiveTimeUs();
    }
    if ("trade".equals(type)) {
      decoded.add(trade(arrival, instrument, side, timeUs));
    } else if ("book".equals(type)) {
      if (snapshot) {
        book.snapshot(sequence);
      } else {
        if (sequence == NONE || previousSequence == NONE) {
          throw new DecodeException("missing-field");
        }
        book.delta(previousSequence, sequence);
      }
      expectBothSides();
      decoded.add(book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs)));
    } else {
      throw new DecodeException("unrecognised-message");
    }
  }

  /** Returns why a field could not be read: whose book lacks it, a later one may tell. */
  private DecodeException readFields(JsonScanner json) {
    DecodeException unread = null;
    int inside = json.depth();
    try {
      for (String field = nextField(json); field != null; field = nextField(json)) {
        try {
          readField(json, field);
        } catch (DecodeException e) {
          unread = unread == null ? e : unread;
          json.skipTo(inside);
        }
      }
    } catch (DecodeException malformed) {
      unread = unread == null ? malformed : unread;
    }
    return unread;
  }

  private void readField(JsonScanner json, String field) throws DecodeException {
    switch (field) {
      case "type" -> type = text(json);
      case "venue" -> venue = text(json);
      case "symbol" -> symbol = text(json);
      case "price" -> price(json);
      case "quantity" -> quantity(json);
      case "side" -> side = side(text(json));
      case "trade_id" -> tradeId(json, TradeIds.UNORDERED);
      case "snapshot" -> snapshot = json.booleanValue();
      case "previous_sequence" -> previousSequence = wholeNumber(json);
      case "sequence" -> sequence = wholeNumber(json);
      case "bids" -> levels(json, true);
      case "asks" -> levels(json, false);
      case "event_time_us" -> timeUs = epochMicros(json);
      default -> skip(json);
    }
  }

  private static Side side(String text) {
    return switch (text) {
      case "buy" -> Side.BUY;
      case "sell" -> Side.SELL;
      default -> Side.UNKNOWN;
    };
  }
}
