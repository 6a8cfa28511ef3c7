package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.TradeIds;

/**
 * Bitstamp, WebSocket v2: {@code diff_order_book_SYMBOL} and {@code live_trades_SYMBOL}, and the
 * REST snapshot of the whole book, whose symbol is the key.
 *
 * <p>The venue's rule: nothing is numbered; what is older than the snapshot by {@code
 * microtimestamp} is in it and is dropped, everything else sets levels. So the microtimestamp is
 * the number of a message that does not say what it follows. One of the very same microsecond is
 * applied: it says what the book says, or what a second message of that microsecond adds. {@code
 * type} of a trade is the taker's side. The ids of trades are counted over all symbols, so they
 * only identify. Events whose names begin with {@code bts:} are the connection's own. What cannot
 * be detected: any lost message; it shows when the book crosses, or never. Sources, read
 * 2026-11-21: <a href="https://www.bitstamp.net/websocket/v2/">WebSocket v2</a>, <a
 * href="https://www.bitstamp.net/api/#tag/Order-book">order book</a>.
 */
final class BitstampDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;
  private static final String BOOKS = "diff_order_book_";
  private static final String TRADES = "live_trades_";
  private static final String CONTROL = "bts:";

  private String channel;
  private Instrument instrument;
  private long timeUs;
  private Side side;
  private boolean control;
  private boolean exactPrice;
  private boolean exactQuantity;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    channel = null;
    instrument = null;
    timeUs = NONE;
    side = Side.UNKNOWN;
    control = false;
    exactPrice = false;
    exactQuantity = false;
    boolean wrapped = readObject(json, true);
    if (control) {
      return;
    }
    if (timeUs == NONE) {
      throw new DecodeException(wrapped ? "missing-field" : "unrecognised-message");
    }
    if (!wrapped) {
      instrument = instrument(null);
      book.snapshot(timeUs);
      decoded.add(book(arrival));
    } else if (channel != null && channel.startsWith(BOOKS)) {
      book.delta(NONE, timeUs);
      decoded.add(book(arrival));
    } else if (channel != null && channel.startsWith(TRADES)) {
      decoded.add(trade(arrival, instrument, side, timeUs));
    } // any other channel, as order_book_ or live_orders_, is not used
  }

  // Whether the object wraps another.
  private boolean readObject(JsonScanner json, boolean outer) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    boolean wraps = false;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "data" -> {
          if (!outer) {
            throw new DecodeException("unexpected-shape");
          }
          if (control) {
            skip(json);
          } else {
            readObject(json, false);
          }
          wraps = true;
        }
        case "event" -> control = outer && text(json).startsWith(CONTROL);
        case "channel" -> readChannel(text(json));
        case "microtimestamp" -> timeUs = epochMicros(json);
        case "bids", "asks" -> levels(json, field.equals("bids"));
        case "type" -> side = side(wholeNumber(json));
        case "id" -> tradeId(json, TradeIds.UNORDERED);
        case "price", "price_str" -> {
          boolean exact = field.equals("price_str");
          if (exact || !exactPrice) {
            price(json);
          }
          exactPrice |= exact;
        }
        case "amount", "amount_str" -> {
          boolean exact = field.equals("amount_str");
          if (exact || !exactQuantity) {
            quantity(json);
          }
          exactQuantity |= exact;
        }
        default -> skip(json);
      }
    }
    return wraps;
  }

  private void readChannel(String named) throws DecodeException {
    channel = named;
    if (named.startsWith(BOOKS)) {
      instrument = instrument(named.substring(BOOKS.length()));
    } else if (named.startsWith(TRADES)) {
      instrument = instrument(named.substring(TRADES.length()));
    }
  }

  private BookUpdate book(Arrival arrival) throws DecodeException {
    expectBothSides();
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private static Side side(long type) {
    return type == 0 ? Side.BUY : type == 1 ? Side.SELL : Side.UNKNOWN;
  }
}
