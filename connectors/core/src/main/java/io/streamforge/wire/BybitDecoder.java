package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.market.TradeKind;

/**
 * Bybit, WebSocket v5, spot, linear and inverse: {@code orderbook.DEPTH.SYMBOL} and {@code
 * publicTrade.SYMBOL}. Quantities are in the base currency, those of inverse contracts in dollars.
 *
 * <p>The venue's rule: a snapshot opens the stream, and again whenever the venue chooses; each
 * delta raises {@code u} by one. {@code u} = 1 says that the service has begun anew: such a message
 * replaces the book too. The number of levels a side stands in the topic, and each depth counts for
 * itself: it is a feed of its own. Depth 1 sends snapshots alone. {@code S} is the taker's side; a
 * trade's id is a UUID or a number, and only identifies; {@code BT} marks a block trade, which is
 * none of the market's. Not used: {@code orderbook.rpi}, whose orders only retail takers meet, and
 * {@code orderbook.full}, which has no snapshot. What cannot be detected: a lost trade. Sources,
 * read 2026-11-29: <a
 * href="https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook">order book</a>, <a
 * href="https://bybit-exchange.github.io/docs/v5/websocket/public/trade">trades</a>.
 */
final class BybitDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;
  private static final int MAX_DEPTH = 1_000;
  private static final String BOOKS = "orderbook.";
  private static final String TRADES = "publicTrade.";

  /** Topics that carry neither trades nor a book of ours. */
  private static final String[] UNUSED = {
    "orderbook.rpi.",
    "orderbook.full.",
    "tickers.",
    "kline.",
    "liquidation.",
    "allLiquidation.",
    "priceLimit.",
    "insurance.",
    "adlAlert."
  };

  private enum Kind {
    BOOK,
    TRADES,
    UNUSED,
    UNKNOWN,
    /** The topic has not come yet. */
    UNTOLD
  }

  private String topic;
  private int symbolAt;
  private Kind kind;
  private int depth;

  private Instrument instrument;
  private long updateId;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    if (!isReread()) {
      kind = Kind.UNTOLD;
    } else if (kind == Kind.UNTOLD) {
      kind = Kind.UNKNOWN;
    }
    instrument = null;
    updateId = NONE;
    String type = null;
    boolean recognised = false;
    long sentUs = NONE;
    long engineUs = NONE;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "topic" -> readTopic(json);
        case "type" -> type = text(json);
        case "ts" -> sentUs = epochMicros(json);
        case "cts" -> engineUs = epochMicros(json);
        case "op" -> recognised |= isAnswer(text(json));
        case "data" -> {
          switch (kind) {
            case BOOK -> readBook(json);
            case TRADES -> trades(json, trade -> decoded.add(readTrade(trade, arrival)));
            case UNUSED -> skip(json);
            case UNTOLD -> readLater(json);
            case UNKNOWN -> throw new DecodeException("unrecognised-message");
          }
          recognised = true;
        }
        default -> skip(json);
      }
    }
    if (!recognised) {
      throw new DecodeException("unrecognised-message");
    }
    if (kind == Kind.BOOK) {
      decoded.add(book(arrival, type, engineUs != NONE ? engineUs : sentUs));
    }
  }

  /** Whether the venue has answered a request. */
  private static boolean isAnswer(String operation) {
    return switch (operation) {
      case "subscribe", "unsubscribe", "ping", "pong", "auth" -> true;
      default -> false;
    };
  }

  private void readTopic(JsonScanner json) throws DecodeException {
    topic = text(json);
    symbolAt = 0;
    kind = Kind.UNKNOWN;
    if (topic.startsWith(BOOKS) && isDigitAt(BOOKS.length())) {
      symbolAt = readDepth(BOOKS.length());
      kind = Kind.BOOK;
    } else if (topic.startsWith(TRADES)) {
      symbolAt = TRADES.length();
      kind = Kind.TRADES;
    } else if (isUnused()) {
      kind = Kind.UNUSED;
    }
  }

  private boolean isUnused() {
    for (String unused : UNUSED) {
      if (topic.startsWith(unused)) {
        return true;
      }
    }
    return false;
  }

  /** Returns where the symbol begins. */
  private int readDepth(int from) throws DecodeException {
    depth = 0;
    int at = from;
    for (; isDigitAt(at) && depth <= MAX_DEPTH; at++) {
      depth = 10 * depth + topic.charAt(at) - '0';
    }
    if (at == topic.length() || topic.charAt(at) != '.' || depth < 1 || depth > MAX_DEPTH) {
      throw new DecodeException("unrecognised-message");
    }
    return at + 1;
  }

  private boolean isDigitAt(int at) {
    return at < topic.length() && topic.charAt(at) >= '0' && topic.charAt(at) <= '9';
  }

  /** What the topic names, where the data does not. */
  private Instrument instrumentOfTopic() throws DecodeException {
    return instrument(topic.substring(symbolAt));
  }

  private void readBook(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "s" -> instrument = instrument(text(json));
        case "b", "a" -> levels(json, field.equals("b"));
        case "u" -> updateId = sequence(json);
        default -> skip(json);
      }
    }
  }

  private BookUpdate book(Arrival arrival, String type, long sentUs) throws DecodeException {
    if (instrument == null) {
      instrument = instrumentOfTopic();
    }
    if (updateId == NONE) {
      throw new DecodeException("missing-field");
    }
    if (updateId == 0) {
      throw new DecodeException("number-out-of-range");
    }
    expectBothSides();
    boolean snapshot = "snapshot".equals(type);
    if (!snapshot && !"delta".equals(type)) {
      throw new DecodeException("unrecognised-message");
    }
    if (snapshot || updateId == 1) {
      book.restart(updateId).depth(depth);
    } else {
      book.delta(updateId - 1, updateId);
    }
    long timeUs = sentUs;
    if (sentUs == NONE) {
      timeUs = arrival.receiveTimeUs();
      book.untimed();
    }
    return book.feed(depth).build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private Trade readTrade(JsonScanner json, Arrival arrival) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    Instrument of = null;
    Side side = Side.UNKNOWN;
    boolean block = false;
    long timeUs = arrival.receiveTimeUs();
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "s" -> of = instrument(text(json));
        case "p" -> price(json);
        case "v" -> quantity(json);
        case "S" -> side = sideNamed(json);
        case "i" -> tradeId(json, TradeIds.UNORDERED);
        case "BT" -> block = json.booleanValue();
        case "T" -> timeUs = epochMicros(json);
        default -> skip(json);
      }
    }
    Instrument traded = of != null ? of : instrumentOfTopic();
    return block
        ? trade(arrival, traded, side, timeUs, TradeKind.BLOCK)
        : trade(arrival, traded, side, timeUs);
  }
}
