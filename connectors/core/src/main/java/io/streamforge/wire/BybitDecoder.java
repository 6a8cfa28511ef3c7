package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.TradeIds;

/**
 * Bybit, WebSocket v5, spot and linear: {@code orderbook.DEPTH.SYMBOL} and {@code
 * publicTrade.SYMBOL}.
 *
 * <p>The venue's rule: a snapshot opens the stream, and again whenever the venue chooses; each
 * delta raises {@code u} by one. {@code u} = 1 says that the service has begun anew: such a message
 * replaces the book too. The number of levels a side stands in the topic. {@code S} is the taker's
 * side; a trade's id is a UUID or a number, and only identifies. What cannot be detected: a lost
 * trade. Sources, read 2026-11-21: <a
 * href="https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook">order book</a>, <a
 * href="https://bybit-exchange.github.io/docs/v5/websocket/public/trade">trades</a>.
 */
final class BybitDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;
  private static final int MAX_DEPTH = 1_000;
  private static final String BOOKS = "orderbook.";
  private static final String TRADES = "publicTrade.";

  private enum Kind {
    BOOK,
    TRADES,
    OTHER
  }

  private String topic;
  private int symbolAt;
  private Kind kind;
  private int depth;

  private String symbol;
  private long updateId;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    kind = Kind.OTHER;
    symbol = null;
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
        case "data" -> {
          switch (kind) {
            case BOOK -> readBook(json);
            case TRADES -> readTrades(json, arrival, decoded);
            case OTHER -> throw new DecodeException("unrecognised-message");
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
      long timeUs = engineUs != NONE ? engineUs : sentUs != NONE ? sentUs : arrival.receiveTimeUs();
      decoded.add(book(arrival, type, timeUs));
    }
  }

  private void readTopic(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.VALUE_STRING);
    topic = json.text();
    symbolAt = 0;
    kind = Kind.OTHER;
    if (topic.startsWith(BOOKS)) {
      symbolAt = readDepth(BOOKS.length());
      kind = Kind.BOOK;
    } else if (topic.startsWith(TRADES)) {
      symbolAt = TRADES.length();
      kind = Kind.TRADES;
    }
  }

  /** Returns where the symbol begins. */
  private int readDepth(int from) throws DecodeException {
    depth = 0;
    int at = from;
    for (; at < topic.length() && isDigit(topic.charAt(at)) && depth <= MAX_DEPTH; at++) {
      depth = 10 * depth + topic.charAt(at) - '0';
    }
    if (at == topic.length() || topic.charAt(at) != '.' || depth < 1 || depth > MAX_DEPTH) {
      throw new DecodeException("unrecognised-message");
    }
    return at + 1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Instrument instrument(Arrival arrival, String inData) throws DecodeException {
    return arrival.instrument(inData != null ? inData : topic.substring(symbolAt));
  }

  private void readBook(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "s" -> symbol = text(json);
        case "b", "a" -> levels(json, field.equals("b"));
        case "u" -> updateId = sequence(json);
        default -> skip(json);
      }
    }
  }

  private BookUpdate book(Arrival arrival, String type, long timeUs) throws DecodeException {
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
    return book.build(instrument(arrival, symbol), timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private void readTrades(JsonScanner json, Arrival arrival, Decoded decoded)
      throws DecodeException {
    expect(json, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, JsonToken.START_OBJECT);
      String of = null;
      Side side = Side.UNKNOWN;
      long timeUs = arrival.receiveTimeUs();
      for (String field = nextField(json); field != null; field = nextField(json)) {
        switch (field) {
          case "s" -> of = text(json);
          case "p" -> price(json);
          case "v" -> quantity(json);
          case "S" -> side = sideNamed(json);
          case "i" -> tradeId(json, TradeIds.UNORDERED);
          case "T" -> timeUs = epochMicros(json);
          default -> skip(json);
        }
      }
      decoded.add(trade(arrival, instrument(arrival, of), side, timeUs));
    }
  }
}
