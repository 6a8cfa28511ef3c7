package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.TradeIds;

/**
 * Gemini, both of its WebSocket interfaces, told apart by shape: {@code l2_updates} and {@code
 * trade} of market data v2, which is archived; {@code depthUpdate}, trades and answers to {@code
 * depth} of the one of 2026. The first writes {@code BTCUSD}, the second {@code btcusd}.
 *
 * <p>The rule of v2: the first message of a subscription is the whole book and, alone of all,
 * carries {@code trades}, the last ones before it: that is how a snapshot is told. They are history
 * and not read. Others set levels; neither numbers, checksums nor times: a book message counts when
 * it was received. A repeated message is legal and changes nothing. {@code side} is the taker's. A
 * trade's {@code event_id} is counted over all symbols and events, so it only identifies. What
 * cannot be detected: any lost message; it shows when the book crosses, or never.
 *
 * <p>The rule of 2026 is Binance's on spot: {@code U…u} continues the last {@code u′} where {@code
 * U ≤ u′ + 1 ≤ u}; a snapshot has {@code lastUpdateId}, and its symbol is the key. {@code m} says
 * that the buyer was the maker. A side of exactly 5, 10, 20, 50, 100, 500, 1000 or 5000 levels may
 * go on. With {@code ?snapshot=} the first {@code depthUpdate} is the whole book and nothing in it
 * says so: a feed connects without, and asks for {@code depth}. Partial depths cannot be told from
 * such an answer. Sources, read 2026-11-21 and 2026-11-29: <a
 * href="https://docs.gemini.com/websocket/market-data/v2/about">market data v2</a>, <a
 * href="https://developer.gemini.com/websocket/streams">streams</a>, <a
 * href="https://developer.gemini.com/trading/websocket/message-format">message format</a>.
 */
final class GeminiDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;

  private enum Form {
    UNKNOWN,
    /** Neither book nor trade. */
    OTHER,
    CHANGES,
    DEPTH_UPDATE,
    SNAPSHOT,
    TRADE
  }

  private Form form;
  private Instrument instrument;
  private long timeUs;
  private long firstId;
  private long finalId;
  private Side side;
  private boolean answer;

  /** Of an old message of levels: whether it is the subscription's first, the whole book. */
  private boolean first;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    form = Form.UNKNOWN;
    instrument = null;
    timeUs = NONE;
    firstId = NONE;
    finalId = NONE;
    side = Side.UNKNOWN;
    answer = false;
    first = false;
    readObject(json, true);
    if (form == Form.OTHER || (form == Form.UNKNOWN && answer)) {
      return;
    }
    if (form == Form.UNKNOWN) {
      throw new DecodeException("unrecognised-message");
    }
    if (instrument == null) {
      instrument = instrument(null);
    }
    if (form == Form.TRADE) {
      long tradeUs = timeUs != NONE ? timeUs : arrival.receiveTimeUs();
      decoded.add(trade(arrival, instrument, side, tradeUs));
    } else {
      decoded.add(book(arrival));
    }
  }

  private void readObject(JsonScanner json, boolean outer) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    for (String field = nextField(json); field != null; field = nextField(json)) {
      if (form == Form.OTHER) { // its fields mean other things
        skip(json);
        continue;
      }
      switch (field) {
        case "type" -> form = ofType(text(json));
        case "e" -> form = text(json).equals("depthUpdate") ? Form.DEPTH_UPDATE : Form.OTHER;
        case "symbol", "s" -> instrument = instrument(text(json));
        case "changes" -> changes(json);
        case "trades" -> {
          first = true;
          skip(json);
        }
        case "price" -> price(json);
        case "p" -> {
          price(json);
          form = Form.TRADE;
        }
        case "quantity", "q" -> quantity(json);
        case "event_id", "t" -> tradeId(json, TradeIds.UNORDERED);
        case "side" -> side = sideNamed(json);
        case "m" -> side = json.booleanValue() ? Side.SELL : Side.BUY;
        case "timestamp", "E" -> timeUs = epochMicros(json);
        case "U" -> firstId = wholeNumber(json);
        case "u" -> finalId = wholeNumber(json);
        case "b", "bids" -> levelsOrQuote(json, true);
        case "a", "asks" -> levelsOrQuote(json, false);
        case "lastUpdateId" -> {
          finalId = wholeNumber(json);
          form = Form.SNAPSHOT;
        }
        case "status", "error" -> {
          skip(json);
          answer = outer;
        }
        case "result" -> {
          answer = outer;
          if (outer && json.currentToken() == JsonToken.START_OBJECT) {
            readObject(json, false);
          } else {
            skip(json);
          }
        }
        default -> skip(json);
      }
    }
  }

  private static Form ofType(String named) {
    return switch (named) {
      case "l2_updates" -> Form.CHANGES;
      case "trade" -> Form.TRADE;
      default -> Form.OTHER; // heartbeats, auctions, candles
    };
  }

  // In a quote of the best prices the same letters are prices.
  private void levelsOrQuote(JsonScanner json, boolean bid) throws DecodeException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      levels(json, bid);
    } else {
      skip(json);
      form = Form.OTHER;
    }
  }

  private BookUpdate book(Arrival arrival) throws DecodeException {
    expectBothSides();
    if (form == Form.SNAPSHOT) {
      book.snapshot(finalId)
          .complete(!BinanceDecoder.isLimit(book.bids()), !BinanceDecoder.isLimit(book.asks()));
    } else if (form == Form.DEPTH_UPDATE) {
      if (firstId == NONE || finalId == NONE) {
        throw new DecodeException("missing-field");
      }
      book.delta(Math.max(0, firstId - 1), finalId).overlapping();
    } else if (first) {
      book.snapshot(NONE);
    }
    if (timeUs == NONE) {
      book.untimed();
      timeUs = arrival.receiveTimeUs();
    }
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }
}
