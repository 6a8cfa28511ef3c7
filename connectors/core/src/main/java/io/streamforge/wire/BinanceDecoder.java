package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.market.TradeKind;
import java.util.Arrays;

/**
 * Binance spot, Binance US, USDⓈ-M and COIN-M futures: diff-depth events, partial depths, REST
 * depth snapshots, trades and aggregated trades, bare or wrapped as {@code {"stream":…,"data":…}};
 * also the trades of the original StreamForge loaders. Quantities of COIN-M futures are contracts.
 *
 * <p>The ids of trades ({@code t}) and those of aggregated trades ({@code a}) each count by one.
 * One of the two streams is enough: a topic that holds both holds every trade twice, which nothing
 * tells. Nor does anything say how the ids of the original loaders run. A trade whose {@code X} is
 * other than {@code MARKET}, or whose quantity is 0, is none of the market's: its id alone counts.
 *
 * <p>The venue's rule: an event carries the range {@code U…u} of update ids; events up to a
 * snapshot's {@code lastUpdateId} are dropped, the first one applied must bracket it, and each
 * further one must continue the last: {@code U ≤ u′ + 1 ≤ u} on spot, {@code pu = u′} on futures.
 * Both are said to the book as "follows {@code previousSequence}". Event time is the matching
 * engine's {@code T} where there is one, else {@code E}. A snapshot side of exactly a limit's
 * number of levels (5, 10, 20, 50, 100, 500, 1000, 5000) ends there; any other is the whole side.
 *
 * <p>A stream named {@code …@depthN} carries the best N levels a side, whole, each time: on futures
 * in the form of a diff-depth event, on spot in that of a REST snapshot. Its name alone tells, and
 * it is a feed of its own, which the book follows only where there is no diff depth. What cannot be
 * detected: partial depths without their stream's name; levels beyond such a limit that have not
 * changed since the snapshot. Sources, read 2026-11-21: <a
 * href="https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams">spot
 * streams</a>, <a
 * href="https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly">USDⓈ-M
 * local book</a>, <a
 * href="https://developers.binance.com/docs/derivatives/coin-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly">COIN-M
 * local book</a>.
 */
final class BinanceDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;
  private static final byte[] DEPTH = {'@', 'd', 'e', 'p', 't', 'h'};

  /** Orders that only retail takers meet. */
  private static final byte[] RPI_DEPTH = {'@', 'r', 'p', 'i', 'D', 'e', 'p', 't', 'h'};

  private static final int MAX_DEPTH = 5_000;

  /** A partial depth says less than a diff depth, whose feed is 0, and more if it is deeper. */
  private static final int PARTIAL_FEEDS = -1_000_000;

  private Instrument instrument;
  private boolean streamed;
  private int partialDepth;
  private long sentUs;
  private long engineUs;
  private long lastUpdateId;
  private long firstId;
  private long finalId;
  private long previousFinalId;
  private Side side;
  private TradeKind kind;
  private boolean priced;
  private boolean singleTrade;
  private boolean other;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    instrument = null;
    streamed = false;
    partialDepth = 0;
    sentUs = NONE;
    engineUs = NONE;
    lastUpdateId = NONE;
    firstId = NONE;
    finalId = NONE;
    previousFinalId = NONE;
    side = Side.UNKNOWN;
    kind = TradeKind.MARKET;
    priced = false;
    singleTrade = false;
    other = false;
    readObject(json, true);
    if (other) {
      return;
    }
    if (lastUpdateId == NONE && finalId == NONE && !priced) {
      throw new DecodeException("unrecognised-message");
    }
    if (instrument == null) {
      instrument = instrument(null);
    }
    if (priced && lastUpdateId == NONE && finalId == NONE) {
      decoded.add(trade(arrival));
    } else if (partialDepth > 0) {
      decoded.add(partial(arrival));
    } else {
      decoded.add(lastUpdateId != NONE ? snapshot(arrival) : delta(arrival));
    }
  }

  private void readObject(JsonScanner json, boolean outer) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    for (String field = nextField(json); field != null; field = nextField(json)) {
      if (other) { // its fields mean other things
        skip(json);
        continue;
      }
      switch (field) {
        case "data" -> {
          if (!outer) {
            throw new DecodeException("unexpected-shape");
          }
          if (streamed && json.currentToken() == JsonToken.START_ARRAY) {
            other = true; // of all symbols, as !ticker@arr
            skip(json);
          } else {
            readObject(json, false);
          }
        }
        case "stream" -> readStream(json);
        case "e" -> other = isOther(text(json));
        case "result", "error", "msg" -> {
          skip(json);
          other = outer; // the answer to a request
        }
        case "s", "symbol" -> instrument = instrument(text(json));
        case "E" -> sentUs = epochMicros(json);
        case "T", "timestamp" -> engineUs = epochMicros(json);
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
        case "X" -> kind = kind(text(json));
        default -> skip(json);
      }
    }
  }

  private static boolean isOther(String event) {
    return switch (event) {
      case "depthUpdate", "trade", "aggTrade" -> false;
      default -> true;
    };
  }

  private static TradeKind kind(String named) {
    return switch (named) {
      case "MARKET" -> TradeKind.MARKET;
      case "INSURANCE_FUND" -> TradeKind.INSURANCE_FUND;
      case "ADL" -> TradeKind.ADL;
      default -> TradeKind.OTHER;
    };
  }

  /** A stream's name, as {@code btcusdt@depth5@100ms}: the number of levels stands in it. */
  private void readStream(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.VALUE_STRING);
    byte[] text = json.textBytes();
    int end = json.textOffset() + json.textLength();
    int kind = json.textOffset();
    while (kind < end && text[kind] != '@') {
      kind++;
    }
    streamed = true;
    other = beginsWith(RPI_DEPTH, text, kind, end);
    partialDepth = beginsWith(DEPTH, text, kind, end) ? depth(text, kind + DEPTH.length, end) : 0;
  }

  private static boolean beginsWith(byte[] prefix, byte[] text, int from, int end) {
    return Arrays.equals(text, from, Math.min(from + prefix.length, end), prefix, 0, prefix.length);
  }

  /** The number that a text begins with; 0 if it begins with none. */
  private static int depth(byte[] text, int from, int end) {
    int depth = 0;
    for (int at = from;
        at < end && text[at] >= '0' && text[at] <= '9' && depth <= MAX_DEPTH;
        at++) {
      depth = 10 * depth + text[at] - '0';
    }
    return Math.min(depth, MAX_DEPTH);
  }

  // In trades the same letter is the id of the buyer's order, in a quote of the best prices a
  // price.
  private void bidsOrOrderId(JsonScanner json) throws DecodeException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      levels(json, true);
    } else {
      other = json.currentToken() == JsonToken.VALUE_STRING;
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

  private BookUpdate partial(Arrival arrival) throws DecodeException {
    book.restart(lastUpdateId != NONE ? lastUpdateId : finalId)
        .depth(partialDepth)
        .feed(PARTIAL_FEEDS + partialDepth);
    return build(arrival);
  }

  private BookUpdate snapshot(Arrival arrival) throws DecodeException {
    book.snapshot(lastUpdateId).complete(!isLimit(book.bids()), !isLimit(book.asks()));
    return build(arrival);
  }

  private BookUpdate delta(Arrival arrival) throws DecodeException {
    if (firstId == NONE || (engineUs == NONE && sentUs == NONE)) {
      throw new DecodeException("missing-field");
    }
    if (previousFinalId != NONE) {
      book.delta(previousFinalId, finalId);
    } else {
      book.delta(Math.max(0, firstId - 1), finalId).overlapping();
    }
    return build(arrival);
  }

  private BookUpdate build(Arrival arrival) throws DecodeException {
    expectBothSides();
    long timeUs = engineUs != NONE ? engineUs : sentUs;
    if (timeUs == NONE) {
      book.untimed();
      timeUs = arrival.receiveTimeUs();
    }
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private Trade trade(Arrival arrival) throws DecodeException {
    if (engineUs == NONE) {
      throw new DecodeException("missing-field");
    }
    return trade(arrival, instrument, side, engineUs, kind);
  }

  /** Whether a side of so many levels may be one that a request for a snapshot has cut. */
  static boolean isLimit(int levels) {
    return switch (levels) {
      case 5, 10, 20, 50, 100, 500, 1000, 5000 -> true;
      default -> false;
    };
  }
}
