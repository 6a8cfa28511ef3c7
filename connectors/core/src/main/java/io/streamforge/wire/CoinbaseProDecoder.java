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
 * repeats the last trade; its id tells. What cannot be detected: a lost message of the book; it
 * shows when the book crosses, or never. Source, read 2026-11-21: <a
 * href="https://docs.cdp.coinbase.com/exchange/websocket-feed/channels">channels</a>.
 */
final class CoinbaseProDecoder extends JsonDecoder {

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    String type = null;
    String product = null;
    Side side = Side.UNKNOWN;
    long timeUs = arrival.receiveTimeUs();
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "type" -> type = text(json);
        case "product_id" -> product = text(json);
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
    if (type == null) {
      throw new DecodeException("unrecognised-message");
    }
    switch (type) {
      case "snapshot" -> {
        book.snapshot(BookUpdate.NO_SEQUENCE);
        decoded.add(book(arrival, arrival.instrument(product), timeUs));
      }
      case "l2update" -> decoded.add(book(arrival, arrival.instrument(product), timeUs));
      case "match", "last_match" ->
          decoded.add(trade(arrival, arrival.instrument(product), side, timeUs));
      default -> throw new DecodeException("unrecognised-message");
    }
  }

  private BookUpdate book(Arrival arrival, Instrument instrument, long timeUs)
      throws DecodeException {
    expectBothSides();
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }
}
