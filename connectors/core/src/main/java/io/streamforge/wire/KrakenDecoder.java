package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Checksum;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import java.util.ArrayList;
import java.util.List;

/**
 * Kraken, WebSocket v1 (arrays) and v2 (objects): book and trades.
 *
 * <p>The venue's rule: nothing is numbered; every update carries the CRC-32 of the ten best levels
 * a side, taken after the update was applied and the book cut to the subscribed depth. The depth
 * stands in v1's channel name ({@code book-1000}); in v2 it is the smallest of 10, 25, 100, 500,
 * 1000 that holds the snapshot. The trades of v2 have ids, which count by one in each pair and tell
 * what a new subscription repeats; those of v1 have none. What cannot be detected: a lost change
 * below the tenth level, until it moves up; a lost or repeated trade of v1. Sources, read
 * 2026-11-21: <a href="https://docs.kraken.com/api/docs/guides/spot-ws-book-v1">v1</a>, <a
 * href="https://docs.kraken.com/api/docs/guides/spot-ws-book-v2">v2</a>, <a
 * href="https://docs.kraken.com/exchange/api-reference/spot-websocket-v2/trade">v2's trades</a>.
 */
final class KrakenDecoder extends JsonDecoder {
  private static final long NONE = Long.MIN_VALUE;

  private final List<Trade> trades = new ArrayList<>();
  private boolean snapshot;
  private boolean checksummed;
  private int checksum;
  private long newestLevelUs;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    trades.clear();
    snapshot = false;
    checksummed = false;
    newestLevelUs = NONE;
    if (json.currentToken() == JsonToken.START_ARRAY) {
      readV1(json, arrival, decoded);
    } else {
      readV2(json, arrival, decoded);
    }
  }

  // [channel id, payload, (second payload,) channel name, pair]
  private void readV1(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    String channel = null;
    String pair = null;
    for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
      if (t == JsonToken.START_OBJECT) {
        readV1Book(json);
      } else if (t == JsonToken.START_ARRAY) {
        readV1Trades(json, arrival);
      } else if (t == JsonToken.VALUE_STRING) {
        if (channel == null) {
          channel = json.text();
        } else {
          pair = json.text();
        }
      } else {
        skip(json);
      }
    }
    if (channel == null) {
      throw new DecodeException("unrecognised-message");
    }
    Instrument instrument = arrival.instrument(pair);
    if (channel.startsWith("book")) {
      decoded.add(v1Book(arrival, instrument, channel));
    } else if (channel.equals("trade") && !trades.isEmpty()) {
      for (Trade trade : trades) {
        decoded.add(trade.withInstrument(instrument));
      }
    } else {
      throw new DecodeException("unrecognised-message");
    }
  }

  private void readV1Book(JsonScanner json) throws DecodeException {
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "as", "bs" -> {
          snapshot = true;
          readV1Levels(json, field.equals("bs"));
        }
        case "a", "b" -> readV1Levels(json, field.equals("b"));
        case "c" -> readChecksum(json);
        default -> skip(json);
      }
    }
  }

  // [[price, volume, time, ("r")], …]
  private void readV1Levels(JsonScanner json, boolean bid) throws DecodeException {
    expect(json, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, JsonToken.START_ARRAY);
      priceAndQuantity(json);
      level(bid);
      json.nextToken();
      newestLevelUs = Math.max(newestLevelUs, epochMicros(json));
      skipRest(json);
    }
  }

  // [[price, volume, time, side, type, misc], …]
  private void readV1Trades(JsonScanner json, Arrival arrival) throws DecodeException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, JsonToken.START_ARRAY);
      priceAndQuantity(json);
      json.nextToken();
      long timeUs = epochMicros(json);
      json.nextToken();
      Side side = side(text(json));
      skipRest(json);
      trades.add(trade(arrival, null, side, timeUs)); // the pair comes last
    }
  }

  private BookUpdate v1Book(Arrival arrival, Instrument instrument, String channel)
      throws DecodeException {
    if (newestLevelUs == NONE) {
      if (!snapshot) {
        throw new DecodeException("missing-field");
      }
      newestLevelUs = arrival.receiveTimeUs(); // an empty book
    }
    int depth = channel.equals("book") ? 10 : depth(channel);
    return build(arrival, instrument, newestLevelUs, depth);
  }

  private static int depth(String channel) throws DecodeException {
    return switch (channel) {
      case "book-10" -> 10;
      case "book-25" -> 25;
      case "book-100" -> 100;
      case "book-500" -> 500;
      case "book-1000" -> 1000;
      default -> throw new DecodeException("unrecognised-message");
    };
  }

  // {"channel":"book","type":"snapshot","data":[{…}]}
  private void readV2(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    String channel = null;
    String type = null;
    boolean recognised = false;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "channel" -> channel = text(json);
        case "type" -> type = text(json);
        case "data" -> {
          expect(json, JsonToken.START_ARRAY);
          boolean isBook = "book".equals(channel) && type != null;
          if (!isBook && !"trade".equals(channel)) {
            throw new DecodeException("unrecognised-message");
          }
          recognised = true;
          while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, JsonToken.START_OBJECT);
            decoded.add(isBook ? readV2Book(json, arrival, type) : readV2Trade(json, arrival));
          }
        }
        default -> skip(json);
      }
    }
    if (!recognised) {
      throw new DecodeException("unrecognised-message");
    }
  }

  private BookUpdate readV2Book(JsonScanner json, Arrival arrival, String type)
      throws DecodeException {
    beginBook();
    snapshot = type.equals("snapshot");
    if (!snapshot && !type.equals("update")) {
      throw new DecodeException("unrecognised-message");
    }
    checksummed = false;
    String symbol = null;
    long timeUs = arrival.receiveTimeUs();
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "symbol" -> symbol = text(json);
        case "bids", "asks" -> readV2Levels(json, field.equals("bids"));
        case "checksum" -> readChecksum(json);
        case "timestamp" -> timeUs = isoMicros(json);
        default -> skip(json);
      }
    }
    int depth = smallestDepth(Math.max(book.bids(), book.asks()));
    return build(arrival, arrival.instrument(symbol), timeUs, depth);
  }

  // [{"price":63388.7,"qty":0.25761908}, …]
  private void readV2Levels(JsonScanner json, boolean bid) throws DecodeException {
    expect(json, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, JsonToken.START_OBJECT);
      boolean quantified = false;
      for (String field = nextField(json); field != null; field = nextField(json)) {
        switch (field) {
          case "price" -> price(json);
          case "qty" -> {
            quantity(json);
            quantified = true;
          }
          default -> skip(json);
        }
      }
      if (!quantified) {
        throw new DecodeException("missing-field");
      }
      level(bid);
    }
  }

  private Trade readV2Trade(JsonScanner json, Arrival arrival) throws DecodeException {
    String symbol = null;
    Side side = Side.UNKNOWN;
    long timeUs = arrival.receiveTimeUs();
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "symbol" -> symbol = text(json);
        case "price" -> price(json);
        case "qty" -> quantity(json);
        case "side" -> side = side(text(json));
        case "trade_id" -> tradeId(json, TradeIds.CONSECUTIVE);
        case "timestamp" -> timeUs = isoMicros(json);
        default -> skip(json);
      }
    }
    return trade(arrival, arrival.instrument(symbol), side, timeUs);
  }

  private BookUpdate build(Arrival arrival, Instrument instrument, long timeUs, int depth)
      throws DecodeException {
    if (snapshot) {
      book.snapshot(BookUpdate.NO_SEQUENCE).depth(depth);
    }
    if (checksummed) {
      book.checksum(Checksum.KRAKEN, checksum);
    } else if (!snapshot) {
      throw new DecodeException("missing-field"); // nothing else tells whether the book is right
    }
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private void readChecksum(JsonScanner json) throws DecodeException {
    long value = wholeNumber(json);
    if (value >>> 32 != 0) {
      throw new DecodeException("number-out-of-range");
    }
    checksum = (int) value;
    checksummed = true;
  }

  private static int smallestDepth(int levels) {
    return levels <= 10 ? 10 : levels <= 25 ? 25 : levels <= 100 ? 100 : levels <= 500 ? 500 : 1000;
  }

  private static Side side(String text) {
    return switch (text) {
      case "b", "buy" -> Side.BUY;
      case "s", "sell" -> Side.SELL;
      default -> Side.UNKNOWN;
    };
  }
}
