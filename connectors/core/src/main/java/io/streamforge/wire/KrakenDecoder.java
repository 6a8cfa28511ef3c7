package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;

/**
 * Kraken, WebSocket v1 (arrays) and v2 (objects): book and trades.
 *
 * <p>The venue's rule: nothing is numbered; every update carries the CRC-32 of the ten best levels
 * a side, taken after the update was applied and the book cut to the subscribed depth. The depth
 * stands in v1's channel name ({@code book-1000}). In v2 the answer to the subscription names it; a
 * snapshot does not, and what it holds is a guess: the smallest of 10, 25, 100, 500, 1000 that is
 * enough. The trades of v2 have ids, which count by one in each pair and tell what a new
 * subscription repeats; those of v1 have none. What cannot be detected: a lost change below the
 * tenth level, until it moves up; a lost or repeated trade of v1. Sources, read 2026-11-29: <a
 * href="https://docs.kraken.com/api/docs/guides/spot-ws-book-v1">v1</a>, <a
 * href="https://docs.kraken.com/api/docs/guides/spot-ws-book-v2">v2</a>, <a
 * href="https://docs.kraken.com/exchange/api-reference/spot-websocket-v2/book">v2's answers</a>, <a
 * href="https://docs.kraken.com/exchange/api-reference/spot-websocket-v2/trade">v2's trades</a>.
 */
final class KrakenDecoder extends KrakenV1Decoder {
  private static final int MAX_DEPTH = 1_000;

  private static final JsonScanner.PairForm LEVEL = JsonScanner.PairForm.ofNumbers("price", "qty");

  private String channel;
  private String type;

  // What an answer says.
  private String subscribedTo;
  private String subscribedSymbol;
  private int subscribedDepth;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      readV1(json, arrival, decoded);
    } else {
      readV2(json, arrival, decoded);
    }
  }

  // {"channel":"book","type":"snapshot","data":[{…}]}, {"method":"subscribe","result":{…}} of v2 or
  // {"event":"heartbeat"} of v1
  private void readV2(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    if (!isReread()) {
      channel = null;
      type = null;
    }
    boolean success = false;
    String method = null;
    boolean recognised = false;
    subscribedTo = null;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "channel" -> {
          channel = text(json);
          recognised |= isUnused(channel);
        }
        case "type" -> type = text(json);
        case "event" -> recognised |= isAnswer(text(json));
        case "method" -> {
          method = text(json);
          recognised |= isAnswer(method);
        }
        case "success" -> success = json.booleanValue();
        case "result" -> readResult(json);
        case "data" -> {
          readV2Data(json, arrival, decoded);
          recognised = true;
        }
        default -> skip(json);
      }
    }
    if (!recognised) {
      throw new DecodeException("unrecognised-message");
    }
    if (success && "subscribe".equals(method) && "book".equals(subscribedTo)) {
      decoded.add(subscribed(arrival));
    }
  }

  /** Channels of v2 that carry neither trades nor books. */
  private static boolean isUnused(String channel) {
    return switch (channel) {
      case "heartbeat", "status", "instrument", "ticker", "ohlc" -> true;
      default -> false;
    };
  }

  /** Whether the venue has answered a request, or says something of the connection. */
  private static boolean isAnswer(String name) {
    return switch (name) {
      case "subscribe",
          "unsubscribe",
          "ping",
          "pong",
          "heartbeat",
          "systemStatus",
          "subscriptionStatus",
          "error" ->
          true;
      default -> false;
    };
  }

  // {"channel":"book","depth":25,"snapshot":true,"symbol":"BTC/USD"}
  private void readResult(JsonScanner json) throws DecodeException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      skip(json);
      return;
    }
    subscribedSymbol = null;
    subscribedDepth = 0;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "channel" -> subscribedTo = text(json);
        case "symbol" -> subscribedSymbol = text(json);
        case "depth" -> subscribedDepth = (int) Math.min(Integer.MAX_VALUE, wholeNumber(json));
        default -> skip(json);
      }
    }
  }

  private BookUpdate subscribed(Arrival arrival) throws DecodeException {
    Instrument instrument = instrument(subscribedSymbol);
    if (subscribedDepth < 1 || smallestDepth(subscribedDepth) != subscribedDepth) {
      throw new DecodeException("number-out-of-range");
    }
    beginBook();
    long receivedUs = arrival.receiveTimeUs();
    return book.subscribed(subscribedDepth).untimed().build(instrument, receivedUs, receivedUs);
  }

  private void readV2Data(JsonScanner json, Arrival arrival, Decoded decoded)
      throws DecodeException {
    if (channel != null && isUnused(channel)) {
      skip(json);
    } else if (!isReread() && (channel == null || type == null)) {
      readLater(json);
    } else if ("trade".equals(channel)) {
      trades(json, trade -> decoded.add(readV2Trade(trade, arrival)));
    } else if ("book".equals(channel) && ("snapshot".equals(type) || "update".equals(type))) {
      boolean whole = type.equals("snapshot");
      books(json, part -> decoded.add(readV2Book(part, arrival, whole)));
    } else {
      throw new DecodeException("unrecognised-message");
    }
  }

  private BookUpdate readV2Book(JsonScanner json, Arrival arrival, boolean whole)
      throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    beginKrakenBook();
    snapshot = whole;
    Instrument instrument = null;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "symbol" -> instrument = instrument(text(json));
        case "bids", "asks" -> readV2Levels(json, field.equals("bids"));
        case "checksum" -> readChecksum(json);
        case "timestamp" -> timed(isoMicros(json));
        default -> skip(json);
      }
    }
    if (whole) {
      int depth = smallestDepth(Math.max(book.bids(), book.asks()));
      book.snapshot(BookUpdate.NO_SEQUENCE);
      if (depth < MAX_DEPTH) {
        book.atLeastDepth(depth);
      } else {
        book.depth(depth);
      }
    }
    return build(arrival, instrument != null ? instrument : instrument(null));
  }

  // [{"price":63388.7,"qty":0.25761908}, …]
  private void readV2Levels(JsonScanner json, boolean bid) throws DecodeException {
    expect(json, JsonToken.START_ARRAY);
    int inside = json.depth();
    do {
      levels(json, LEVEL, bid);
    } while (readV2Level(json, bid, inside));
  }

  /** One level, however its object is written; false at the array's end. */
  private boolean readV2Level(JsonScanner json, boolean bid, int inside) throws DecodeException {
    if (json.nextToken() == JsonToken.END_ARRAY) {
      return false;
    }
    try {
      expect(json, JsonToken.START_OBJECT);
      for (String field = nextField(json); field != null; field = nextField(json)) {
        switch (field) {
          case "price" -> price(json);
          case "qty" -> quantity(json);
          default -> skip(json);
        }
      }
      level(bid);
    } catch (DecodeException e) {
      passOverLevel(json, inside, e);
    }
    return true;
  }

  private Trade readV2Trade(JsonScanner json, Arrival arrival) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    String symbol = null;
    Side side = Side.UNKNOWN;
    long tradedUs = arrival.receiveTimeUs();
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "symbol" -> symbol = text(json);
        case "price" -> price(json);
        case "qty" -> quantity(json);
        case "side" -> side = side(text(json));
        case "trade_id" -> tradeId(json, TradeIds.CONSECUTIVE);
        case "timestamp" -> tradedUs = isoMicros(json);
        default -> skip(json);
      }
    }
    return trade(arrival, instrument(symbol), side, tradedUs);
  }

  private static int smallestDepth(int levels) {
    return levels <= 10
        ? 10
        : levels <= 25 ? 25 : levels <= 100 ? 100 : levels <= 500 ? 500 : MAX_DEPTH;
  }
}
