package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import java.util.Collections;
import java.util.List;

/**
 * Coinbase Advanced Trade, WebSocket: the channels {@code l2_data} and {@code market_trades}; one
 * message may hold several events, of several products.
 *
 * <p>The venue's rule: a snapshot of the whole book opens the stream, updates set levels. {@code
 * sequence_num} counts the messages of a connection, of all channels and products, and a connection
 * is not what a topic holds: so it numbers no book. {@code side} of a trade is the maker's, so the
 * aggressor's is the other one (as recorded, {@code SELL} trades at the ask). The ids of a
 * product's trades count by one, and a message lists the newest first. After a new subscription the
 * venue repeats its last trades; their ids tell. Other channels are not used. What cannot be
 * detected: a lost message of the book; it shows when the book crosses, or never. Source, read
 * 2026-11-21: <a
 * href="https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels">channels</a>.
 */
final class CoinbaseDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;
  private static final JsonScanner.PairForm BID = level("bid");
  private static final JsonScanner.PairForm OFFER = level("offer");

  private long timeUs;
  private DecodeException badTime;
  private String channel;

  @Override
  protected void read(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    if (!isReread()) {
      timeUs = NONE;
      badTime = null;
      channel = null;
    }
    boolean recognised = false;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "channel" -> channel = text(json);
        case "timestamp" -> readTime(json);
        case "type" -> recognised |= text(json).equals("error"); // the answer to a request
        case "events" -> {
          readEvents(json, arrival, decoded);
          recognised = true;
        }
        default -> skip(json);
      }
    }
    if (!recognised) {
      throw new DecodeException("unrecognised-message");
    }
  }

  private void readEvents(JsonScanner json, Arrival arrival, Decoded decoded)
      throws DecodeException {
    if (!isReread() && (channel == null || (timeUs == NONE && badTime == null))) {
      readLater(json);
      return;
    }
    if (channel == null) {
      throw new DecodeException("unrecognised-message");
    }
    switch (channel) {
      case "l2_data" -> books(json, event -> decoded.add(readBook(event, arrival)));
      case "market_trades" -> trades(json, event -> readTrades(event, arrival, decoded));
      default -> skip(json);
    }
  }

  /** A time that cannot be read is missing in every book of the message. */
  private void readTime(JsonScanner json) throws DecodeException {
    try {
      timeUs = isoMicros(json);
    } catch (DecodeException e) {
      if (JsonScanner.isMalformed(e)) {
        throw e;
      }
      json.skipChildren();
      badTime = e;
    }
  }

  private BookUpdate readBook(JsonScanner json, Arrival arrival) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    beginBook();
    String type = null;
    Instrument instrument = null;
    boolean changed = false;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "type" -> type = text(json);
        case "product_id" -> instrument = instrument(text(json));
        case "updates" -> {
          readLevels(json);
          changed = true;
        }
        default -> skip(json);
      }
    }
    if (!changed) {
      throw new DecodeException("missing-field");
    }
    if ("snapshot".equals(type)) {
      book.snapshot(BookUpdate.NO_SEQUENCE);
    } else if (!"update".equals(type)) {
      throw new DecodeException("unrecognised-message");
    }
    if (instrument == null) {
      instrument = instrument(null);
    }
    if (badTime != null) {
      throw badTime;
    }
    long bookUs = timeUs;
    if (bookUs == NONE) {
      book.untimed();
      bookUs = arrival.receiveTimeUs();
    }
    return book.build(instrument, bookUs, arrival.effectiveTimeUs(bookUs));
  }

  // [{"side":"bid","event_time":…,"price_level":"65082.98","new_quantity":"0.1"}, …]
  private void readLevels(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.START_ARRAY);
    int inside = json.depth();
    do {
      boolean any;
      do {
        any = levels(json, BID, true) || levels(json, OFFER, false);
      } while (any);
    } while (readLevel(json, inside));
  }

  private static JsonScanner.PairForm level(String side) {
    return JsonScanner.PairForm.ofTexts("side", side, "event_time", "price_level", "new_quantity");
  }

  /** One level, however its object is written; false at the array's end. */
  private boolean readLevel(JsonScanner json, int inside) throws DecodeException {
    if (json.nextToken() == JsonToken.END_ARRAY) {
      return false;
    }
    try {
      readLevel(json);
    } catch (DecodeException e) {
      passOverLevel(json, inside, e);
    }
    return true;
  }

  private void readLevel(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    String side = null;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "side" -> side = text(json);
        case "price_level" -> price(json);
        case "new_quantity" -> quantity(json);
        default -> skip(json);
      }
    }
    if (side == null) {
      throw new DecodeException("missing-field");
    }
    switch (side) {
      case "bid" -> level(true);
      case "offer" -> level(false);
      default -> throw new DecodeException("unrecognised-message");
    }
  }

  private void readTrades(JsonScanner json, Arrival arrival, Decoded decoded)
      throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    boolean traded = false;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      if (field.equals("trades")) {
        int first = decoded.events().size();
        trades(json, trade -> decoded.add(readTrade(trade, arrival)));
        List<MarketEvent> events = decoded.events();
        Collections.reverse(events.subList(first, events.size())); // the newest came first
        traded = true;
      } else {
        skip(json);
      }
    }
    if (!traded) {
      throw new DecodeException("missing-field");
    }
  }

  private Trade readTrade(JsonScanner json, Arrival arrival) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    String product = null;
    Side side = Side.UNKNOWN;
    long tradeUs = arrival.receiveTimeUs();
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "product_id" -> product = text(json);
        case "price" -> price(json);
        case "size" -> quantity(json);
        case "trade_id" -> tradeId(json, TradeIds.CONSECUTIVE);
        case "side" -> side = sideAgainst(json);
        case "time" -> tradeUs = isoMicros(json);
        default -> skip(json);
      }
    }
    return trade(arrival, arrival.instrument(product), side, tradeUs);
  }
}
