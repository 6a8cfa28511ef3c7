package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.TradeIds;
import java.io.IOException;
import java.util.List;

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

  private String symbol;
  private long updateId;

  @Override
  protected void read(JsonParser json, Arrival arrival, List<MarketEvent> events)
      throws IOException, DecodeException {
    expect(json, JsonToken.START_OBJECT);
    symbol = null;
    updateId = NONE;
    String[] topic = null;
    String type = null;
    boolean recognised = false;
    long sentUs = NONE;
    long engineUs = NONE;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "topic" -> topic = text(json).split("\\.", 3);
        case "type" -> type = text(json);
        case "ts" -> sentUs = epochMicros(json);
        case "cts" -> engineUs = epochMicros(json);
        case "data" -> {
          if (isBook(topic)) {
            readBook(json);
          } else if (isTrades(topic)) {
            readTrades(json, arrival, topic[1], events);
          } else {
            throw new DecodeException("unrecognised-message");
          }
          recognised = true;
        }
        default -> skip(json);
      }
    }
    if (!recognised) {
      throw new DecodeException("unrecognised-message");
    }
    if (isBook(topic)) {
      long timeUs = engineUs != NONE ? engineUs : sentUs != NONE ? sentUs : arrival.receiveTimeUs();
      events.add(book(arrival, topic, type, timeUs));
    }
  }

  private static boolean isBook(String[] topic) {
    return topic != null && topic.length == 3 && topic[0].equals("orderbook");
  }

  private static boolean isTrades(String[] topic) {
    return topic != null && topic.length == 2 && topic[0].equals("publicTrade");
  }

  private void readBook(JsonParser json) throws IOException, DecodeException {
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

  private BookUpdate book(Arrival arrival, String[] topic, String type, long timeUs)
      throws DecodeException {
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
      book.restart(updateId).depth(depth(topic[1]));
    } else {
      book.delta(updateId - 1, updateId);
    }
    Instrument instrument = arrival.instrument(symbol != null ? symbol : topic[2]);
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private static int depth(String text) throws DecodeException {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || depth > MAX_DEPTH) {
        throw new DecodeException("unrecognised-message");
      }
      depth = 10 * depth + digit;
    }
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new DecodeException("unrecognised-message");
    }
    return depth;
  }

  private void readTrades(JsonParser json, Arrival arrival, String named, List<MarketEvent> events)
      throws IOException, DecodeException {
    expect(json, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, JsonToken.START_OBJECT);
      String of = named;
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
      events.add(trade(arrival, arrival.instrument(of), side, timeUs));
    }
  }
}
