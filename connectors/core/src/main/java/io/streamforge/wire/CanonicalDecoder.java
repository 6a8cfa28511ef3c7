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

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    String type = null;
    String venue = null;
    String symbol = null;
    Side side = Side.UNKNOWN;
    boolean snapshot = false;
    long previousSequence = NONE;
    long sequence = NONE;
    long timeUs = NONE;
    try {
      for (String field = nextField(json); field != null; field = nextField(json)) {
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
    } catch (DecodeException e) {
      if (venue != null) {
        about(arrival.instrument(venue, symbol)); // whose book lacks what it said
      }
      throw e;
    }
    Instrument instrument = about(arrival.instrument(venue, symbol));
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

  private static Side side(String text) {
    return switch (text) {
      case "buy" -> Side.BUY;
      case "sell" -> Side.SELL;
      default -> Side.UNKNOWN;
    };
  }
}
