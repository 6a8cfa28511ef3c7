package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Side;
import io.streamforge.market.TradeIds;

/**
 * Gemini, WebSocket market data v2: {@code l2_updates} and {@code trade}.
 *
 * <p>The venue's rule: the first message of a subscription is the whole book and, alone of all,
 * carries {@code trades}, the last ones before it: that is how a snapshot is told. They are history
 * and not read. Others set levels; neither numbers, checksums nor times: a book message counts when
 * it was received. A repeated message is legal and changes nothing. {@code side} is the taker's. A
 * trade's {@code event_id} is counted over all symbols and events, so it only identifies. What
 * cannot be detected: any lost message; it shows when the book crosses, or never. Source, read
 * 2026-11-21: <a href="https://docs.gemini.com/websocket/market-data/v2/about">market data v2</a>.
 */
final class GeminiDecoder extends JsonDecoder {

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    String type = null;
    String symbol = null;
    Side side = Side.UNKNOWN;
    long timeUs = arrival.receiveTimeUs();
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "type" -> type = text(json);
        case "symbol" -> symbol = text(json);
        case "changes" -> changes(json);
        case "trades" -> {
          book.snapshot(BookUpdate.NO_SEQUENCE);
          skip(json);
        }
        case "price" -> price(json);
        case "quantity" -> quantity(json);
        case "event_id" -> tradeId(json, TradeIds.UNORDERED);
        case "side" -> side = sideNamed(json);
        case "timestamp" -> timeUs = epochMicros(json);
        default -> skip(json);
      }
    }
    if ("l2_updates".equals(type)) {
      expectBothSides();
      decoded.add(book.build(arrival.instrument(symbol), timeUs, arrival.effectiveTimeUs(timeUs)));
    } else if ("trade".equals(type)) {
      decoded.add(trade(arrival, arrival.instrument(symbol), side, timeUs));
    } else {
      throw new DecodeException("unrecognised-message");
    }
  }
}
