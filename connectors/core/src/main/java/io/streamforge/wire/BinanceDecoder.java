package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;

/**
 * Binance spot, Binance US, USDⓈ-M and COIN-M futures: diff-depth events, REST depth snapshots,
 * trades and aggregated trades, bare or wrapped as {@code {"stream":…,"data":…}}; also the trades
 * of the original StreamForge loaders. Quantities of COIN-M futures are contracts.
 *
 * <p>The ids of trades ({@code t}) and those of aggregated trades ({@code a}) each count by one.
 * One of the two streams is enough: a topic that holds both holds every trade twice, which nothing
 * tells. Nor does anything say how the ids of the original loaders run.
 *
 * <p>The venue's rule: an event carries the range {@code U…u} of update ids; events up to a
 * snapshot's {@code lastUpdateId} are dropped, the first one applied must bracket it, and each
 * further one must continue the last: {@code U = u′ + 1} on spot, {@code pu = u′} on futures. Both
 * are said to the book as "follows {@code previousSequence}". A snapshot side of exactly a limit's
 * number of levels (5, 10, 20, 50, 100, 500, 1000, 5000) ends there; any other is the whole side.
 * What cannot be detected: levels beyond such a limit that have not changed since the snapshot.
 * Sources, read 2026-11-21: <a
 * href="https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams">spot
 * streams</a>, <a
 * href="https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly">USDⓈ-M
 * local book</a>, <a
 * href="https://developers.binance.com/docs/derivatives/coin-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly">COIN-M
 * local book</a>.
 */
final class BinanceDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;

  private String symbol;
  private long eventTimeUs;
  private long tradeTimeUs;
  private long lastUpdateId;
  private long firstId;
  private long finalId;
  private long previousFinalId;
  private Side side;
  private boolean priced;
  private boolean singleTrade;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    symbol = null;
    eventTimeUs = NONE;
    tradeTimeUs = NONE;
    lastUpdateId = NONE;
    firstId = NONE;
    finalId = NONE;
    previousFinalId = NONE;
    side = Side.UNKNOWN;
    priced = false;
    singleTrade = false;
    readObject(json, true);
    Instrument instrument = arrival.instrument(symbol);
    if (lastUpdateId != NONE) {
      decoded.add(snapshot(arrival, instrument));
    } else if (finalId != NONE) {
      decoded.add(delta(arrival, instrument));
    } else if (priced) {
      decoded.add(trade(arrival, instrument));
    } else {
      throw new DecodeException("unrecognised-message");
    }
  }

  private void readObject(JsonScanner json, boolean outer) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "data" -> {
          if (!outer) {
            throw new DecodeException("unexpected-shape");
          }
          readObject(json, false);
        }
        case "s", "symbol" -> symbol = text(json);
        case "E" -> eventTimeUs = epochMicros(json);
        case "T", "timestamp" -> tradeTimeUs = epochMicros(json);
        case "lastUpdateId" -> lastUpdateId = wholeNumber(json);
        case "U" -> firstId = wholeNumber(json);
        case "u" -> finalId = wholeNumber(json);
        case "pu" -> previousFinalId = wholeNumber(json);
        case "b", "bids" -> bidsOrOrderId(json);
        case "a", "asks" -> asksOrId(json);
        case "t" -> {
          tradeId(json, TradeIds.CONSECUTIVE);
          singleTrade = true;
        }
        case "trade_id" -> tradeId(json, TradeIds.UNORDERED);
        case "p", "price" -> {
          price(json);
          priced = true;
        }
        case "q", "quantity" -> quantity(json);
        case "m", "is_buyer_maker" -> side = json.booleanValue() ? Side.SELL : Side.BUY;
        default -> skip(json);
      }
    }
  }

  // In trades the same letter is the id of the buyer's order.
  private void bidsOrOrderId(JsonScanner json) throws DecodeException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      levels(json, true);
    } else {
      skip(json);
    }
  }

  // In aggregated trades the same letter is their id, in single trades that of the seller's order.
  private void asksOrId(JsonScanner json) throws DecodeException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      levels(json, false);
    } else if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && !singleTrade) {
      tradeId(json, TradeIds.CONSECUTIVE_AGGREGATE);
    } else {
      skip(json);
    }
  }

  private BookUpdate snapshot(Arrival arrival, Instrument instrument) throws DecodeException {
    book.snapshot(lastUpdateId).complete(!isLimit(book.bids()), !isLimit(book.asks()));
    return build(arrival, instrument, eventTimeUs != NONE ? eventTimeUs : arrival.receiveTimeUs());
  }

  private BookUpdate delta(Arrival arrival, Instrument instrument) throws DecodeException {
    if (firstId == NONE || eventTimeUs == NONE) {
      throw new DecodeException("missing-field");
    }
    book.delta(previousFinalId != NONE ? previousFinalId : Math.max(0, firstId - 1), finalId);
    return build(arrival, instrument, eventTimeUs);
  }

  private BookUpdate build(Arrival arrival, Instrument instrument, long timeUs)
      throws DecodeException {
    expectBothSides();
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private Trade trade(Arrival arrival, Instrument instrument) throws DecodeException {
    if (tradeTimeUs == NONE) {
      throw new DecodeException("missing-field");
    }
    return trade(arrival, instrument, side, tradeTimeUs);
  }

  private static boolean isLimit(int levels) {
    return switch (levels) {
      case 5, 10, 20, 50, 100, 500, 1000, 5000 -> true;
      default -> false;
    };
  }
}
