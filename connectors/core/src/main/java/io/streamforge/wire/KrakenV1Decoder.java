package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Checksum;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import java.util.ArrayList;
import java.util.List;

/** Kraken's WebSocket v1, whose messages are arrays, and what v2 shares with it. */
abstract class KrakenV1Decoder extends JsonDecoder {
  private static final long NONE = Long.MIN_VALUE;

  /** Whether the book that is being read is a snapshot. */
  protected boolean snapshot;

  private final List<Trade> trades = new ArrayList<>();
  private boolean checksummed;
  private int checksum;
  private long timeUs;

  /** Forgets the last book, to be done before each. */
  protected final void beginKrakenBook() {
    beginBook();
    snapshot = false;
    checksummed = false;
    timeUs = NONE;
  }

  // [channel id, payload, (second payload,) channel name, pair]
  protected final void readV1(JsonScanner json, Arrival arrival, Decoded decoded)
      throws DecodeException {
    beginKrakenBook();
    trades.clear();
    String channel = null;
    String pair = null;
    DecodeException unread = null;
    int inside = json.depth();
    for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
      try {
        if (t == JsonToken.START_OBJECT) {
          readV1Book(json);
        } else if (t == JsonToken.START_ARRAY) {
          trades(json, trade -> trades.add(readV1Trade(trade, arrival)));
        } else if (t == JsonToken.VALUE_STRING) {
          if (channel == null) {
            channel = json.text();
          } else {
            pair = json.text();
          }
        } else {
          skip(json);
        }
      } catch (DecodeException e) { // which channel it is of, comes last
        if (JsonScanner.isMalformed(e)) {
          throw e;
        }
        json.skipTo(inside);
        unread = e;
      }
    }
    if (channel != null && isUnusedV1(channel)) {
      decoded.begin();
      return;
    }
    Instrument instrument = instrument(pair);
    if (unread != null) {
      throw unread;
    }
    if (channel != null && channel.startsWith("book")) {
      decoded.add(v1Book(arrival, instrument, channel));
    } else if ("trade".equals(channel) && (!trades.isEmpty() || decoded.flaw() != null)) {
      for (Trade trade : trades) {
        decoded.add(trade.withInstrument(instrument));
      }
    } else {
      throw new DecodeException("unrecognised-message");
    }
  }

  private static boolean isUnusedV1(String channel) {
    return channel.equals("ticker") || channel.equals("spread") || channel.startsWith("ohlc");
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
    int inside = json.depth();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      try {
        expect(json, JsonToken.START_ARRAY);
        priceAndQuantity(json);
        json.nextToken();
        timed(epochMicros(json));
        skipRest(json);
        level(bid);
      } catch (DecodeException e) {
        passOverLevel(json, inside, e);
      }
    }
  }

  // [price, volume, time, side, type, misc]
  private Trade readV1Trade(JsonScanner json, Arrival arrival) throws DecodeException {
    expect(json, JsonToken.START_ARRAY);
    priceAndQuantity(json);
    json.nextToken();
    long tradedUs = epochMicros(json);
    json.nextToken();
    Side side = side(text(json));
    skipRest(json);
    return trade(arrival, null, side, tradedUs); // the pair comes last
  }

  private BookUpdate v1Book(Arrival arrival, Instrument instrument, String channel)
      throws DecodeException {
    int depth = channel.equals("book") ? 10 : depth(channel);
    if (snapshot) {
      book.snapshot(BookUpdate.NO_SEQUENCE).depth(depth);
    }
    return build(arrival, instrument);
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

  /** The book that has been read. */
  protected final BookUpdate build(Arrival arrival, Instrument instrument) throws DecodeException {
    if (checksummed) {
      book.checksum(Checksum.KRAKEN, checksum);
    } else if (!snapshot) {
      throw new DecodeException("missing-field"); // nothing else tells whether the book is right
    }
    if (timeUs == NONE) {
      timeUs = arrival.receiveTimeUs();
      book.untimed();
    }
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  /** The venue's time of the book that is being read: the newest that it names. */
  protected final void timed(long namedUs) {
    timeUs = Math.max(timeUs, namedUs);
  }

  protected final void readChecksum(JsonScanner json) throws DecodeException {
    long value = wholeNumber(json);
    if (value >>> 32 != 0) {
      throw new DecodeException("number-out-of-range");
    }
    checksum = (int) value;
    checksummed = true;
  }

  protected static Side side(String text) {
    return switch (text) {
      case "b", "buy" -> Side.BUY;
      case "s", "sell" -> Side.SELL;
      default -> Side.UNKNOWN;
    };
  }
}
