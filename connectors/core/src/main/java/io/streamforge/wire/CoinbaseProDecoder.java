package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.TradeIds;

/**
 * Coinbase Exchange (once Coinbase Pro), WebSocket: {@code snapshot} and {@code l2update} of the
 * channel {@code level2}, {@code match} and {@code last_match} of the channel {@code matches}.
 *
 * <p>The venue's rule: a snapshot of the whole book opens the stream, updates set levels; neither
 * numbers nor checksums. {@code side} of a match is the maker's, so the aggressor's is the other
 * one. The ids of a product's trades count by one. After a new subscription {@code last_match}
 * repeats the last trade; its id tells. Messages of other types are not used. What cannot be
 * detected: a lost message of the book; it shows when the book crosses, or never. Source, read
 * 2026-11-21: <a
 * href="https://docs.cdp.coinbase.com/exchange/websocket-feed/channels">channels</a>.
 */
final class CoinbaseProDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    String type = null;
    Instrument instrument = null;
    Side side = Side.UNKNOWN;
    long timeUs = NONE;
    boolean other = false;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      if (other) { // its fields mean other things
        skip(json);
        continue;
      }
      switch (field) {
        case "type" -> {
          type = text(json);
          other = isOther(type);
        }
        case "product_id" -> instrument = instrument(text(json));
        case "bids", "asks" -> levels(json, field.equals("bids"));
        case "changes" -> changes(json);
        case "price" -> price(json);
        case "size" -> quantity(json);
        case "trade_id" -> tradeId(json, TradeIds.CONSECUTIVE);
        case "side" -> side = sideAgainst(json);
        case "time" -> timeUs = isoMicros(json);
        default -> skip(json);
      }
    }
    if (other) {
      return;
    }
    if (type == null) {
      throw new DecodeException("unrecognised-message");
    }
    if (instrument == null) {
      instrument = instrument(null);
    }
    if (type.endsWith("match")) {
      long tradeUs = timeUs != NONE ? timeUs : arrival.receiveTimeUs();
      decoded.add(trade(arrival, instrument, side, tradeUs));
      return;
    }
    if (type.equals("snapshot")) {
      book.snapshot(NONE);
    }
    decoded.add(book(arrival, instrument, timeUs));
  }

  private static boolean isOther(String type) {
    return switch (type) {
      case "snapshot", "l2update", "match", "last_match" -> false;
      default -> true;
    };
  }

  private BookUpdate book(Arrival arrival, Instrument instrument, long timeUs)
      throws DecodeException {
    expectBothSides();
    long bookUs = timeUs;
    if (bookUs == NONE) {
      book.untimed();
      bookUs = arrival.receiveTimeUs();
    }
    return book.build(instrument, bookUs, arrival.effectiveTimeUs(bookUs));
  }
}
