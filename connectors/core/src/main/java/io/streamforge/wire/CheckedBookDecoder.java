package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Checksum;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;

/**
 * What OKX and Bitget share: {@code {"arg":{"channel","instId"},"action","data":[…]}}, numbered
 * books and a checksum after every message.
 *
 * <p>A checksum of 0 is none. A delta has to bring a checksum or the number that it follows:
 * nothing else tells whether the book is right.
 */
public abstract class CheckedBookDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;

  private String channel;
  private String symbol;
  private String action;

  /** How many levels a side a channel of books keeps up to date; 0 for any other channel. */
  protected abstract int depth(String channel);

  protected abstract boolean isTrades(String channel);

  /** How the ids in a channel of trades run. */
  protected abstract TradeIds tradeIds(String channel);

  @Override
  protected final void read(JsonScanner json, Arrival arrival, Decoded decoded)
      throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    channel = null;
    symbol = null;
    action = null;
    boolean recognised = false;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "arg" -> readChannel(json);
        case "action" -> action = text(json);
        case "data" -> {
          readData(json, arrival, decoded);
          recognised = true;
        }
        default -> skip(json);
      }
    }
    if (!recognised) {
      throw new DecodeException("unrecognised-message");
    }
  }

  private void readChannel(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "channel" -> channel = text(json);
        case "instId" -> symbol = text(json);
        default -> skip(json);
      }
    }
  }

  private void readData(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    if (channel == null) {
      throw new DecodeException("unrecognised-message");
    }
    boolean trades = isTrades(channel);
    int depth = depth(channel);
    boolean snapshot = "snapshot".equals(action);
    if (!trades && (depth == 0 || !(snapshot || "update".equals(action)))) {
      throw new DecodeException("unrecognised-message");
    }
    Instrument instrument = arrival.instrument(symbol);
    expect(json, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, JsonToken.START_OBJECT);
      decoded.add(
          trades
              ? readTrade(json, arrival, instrument)
              : readBook(json, arrival, instrument, snapshot, depth));
    }
  }

  private BookUpdate readBook(
      JsonScanner json, Arrival arrival, Instrument instrument, boolean snapshot, int depth)
      throws DecodeException {
    beginBook();
    long timeUs = arrival.receiveTimeUs();
    long sequence = NONE;
    long previousSequence = NONE;
    int checksum = 0;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "bids", "asks" -> levels(json, field.equals("bids"));
        case "ts" -> timeUs = epochMicros(json);
        case "checksum" -> checksum = checksum(json);
        case "seqId", "seq" -> sequence = sequence(json);
        case "prevSeqId" -> previousSequence = sequence(json);
        default -> skip(json);
      }
    }
    expectBothSides();
    boolean follows = sequence != NONE && previousSequence != NONE;
    if (snapshot) {
      book.restart(sequence).depth(depth);
    } else if (checksum == 0 && !follows) {
      throw new DecodeException("missing-field");
    } else {
      book.delta(follows ? previousSequence : NONE, sequence);
    }
    if (checksum != 0) {
      book.checksum(Checksum.OKX, checksum);
    }
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private Trade readTrade(JsonScanner json, Arrival arrival, Instrument instrument)
      throws DecodeException {
    Side side = Side.UNKNOWN;
    long timeUs = arrival.receiveTimeUs();
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "px", "price" -> price(json);
        case "sz", "size" -> quantity(json);
        case "side" -> side = sideNamed(json);
        case "ts" -> timeUs = epochMicros(json);
        case "tradeId" -> tradeId(json, tradeIds(channel));
        default -> skip(json);
      }
    }
    return trade(arrival, instrument, side, timeUs);
  }

  // Signed, of 32 bits.
  private static int checksum(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.VALUE_NUMBER_INT);
    long value = json.longValue();
    if (value != (int) value) {
      throw new DecodeException("number-out-of-range");
    }
    return (int) value;
  }
}
