package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Checksum;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import java.util.Arrays;
import java.util.Collections;

/**
 * What OKX and Bitget share: {@code {"arg":{"channel","instId"},"action","data":[…]}}, numbered
 * books and a checksum after every message.
 *
 * <p>A checksum of 0 is none. A delta has to bring a checksum or the number that it follows:
 * nothing else tells whether the book is right. Trades that come with the newest first are turned
 * round.
 */
public abstract class CheckedBookDecoder extends JsonDecoder {
  private static final long NONE = BookUpdate.NO_SEQUENCE;
  private static final byte[] PONG = {'p', 'o', 'n', 'g'};

  private String market;
  private String channelName;
  private String symbol;
  private String action;
  private String event;

  // Of the trades of a message: when the first and the last were, and what they are called.
  private boolean anyTrade;
  private long firstUs;
  private long firstId;
  private long lastUs;
  private long lastId;
  private long id;

  /**
   * What one of a venue's channels carries.
   *
   * @param depth of a book, how many levels a side it keeps up to date; 0 where it is no book
   * @param feed of a book, which of the instrument's feeds it is: see {@link BookUpdate#feed}
   * @param ids of trades, how their ids run; null where it carries none
   */
  protected record Channel(int depth, int feed, TradeIds ids) {
    /** It carries neither books nor trades, or nothing that is of use beside the others. */
    public static final Channel UNUSED = new Channel(0, 0, null);

    /** A channel of books, as deep as its number says. */
    public static Channel book(int depth, int feed) {
      return new Channel(depth, feed, null);
    }

    boolean isUnused() {
      return depth == 0 && ids == null;
    }

    /** A channel of trades. */
    public static Channel trades(TradeIds ids) {
      return new Channel(0, 0, ids);
    }
  }

  /** What a channel carries; null for one that is not known. */
  protected abstract Channel channel(String name);

  /**
   * The instrument of a message.
   *
   * @param market the message's {@code instType}; null where it has none
   * @param symbol the message's own; null where it has none
   */
  protected abstract Instrument instrument(Arrival arrival, String market, String symbol)
      throws DecodeException;

  @Override
  protected final boolean isPong(byte[] message) {
    return Arrays.equals(message, PONG);
  }

  @Override
  protected final void read(JsonScanner json, Arrival arrival, Decoded decoded)
      throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    if (!isReread()) {
      market = null;
      channelName = null;
      symbol = null;
      action = null;
      event = null;
    }
    boolean recognised = false;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "arg" -> readChannel(json);
        case "action" -> action = text(json);
        case "event" -> event = text(json);
        case "data" -> {
          readData(json, arrival, decoded);
          recognised = true;
        }
        default -> skip(json);
      }
    }
    if (!recognised && !isAnswer()) {
      throw new DecodeException("unrecognised-message");
    }
  }

  /** Whether the venue has answered a request, or says something of the connection. */
  private boolean isAnswer() {
    return event != null
        && switch (event) {
          case "subscribe",
              "unsubscribe",
              "login",
              "error",
              "notice",
              "channel-conn-count",
              "channel-conn-count-error" ->
              true;
          default -> false;
        };
  }

  private void readChannel(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "channel", "topic" -> channelName = text(json);
        case "instId", "symbol" -> symbol = text(json);
        case "instType" -> market = text(json);
        default -> skip(json);
      }
    }
  }

  private void readData(JsonScanner json, Arrival arrival, Decoded decoded) throws DecodeException {
    Channel channel = channelName != null ? channel(channelName) : null;
    if (channel != null && channel.isUnused()) {
      skip(json);
      return;
    }
    boolean ofTrades = channel != null && channel.ids() != null;
    if (!isReread() && (channelName == null || (action == null && !ofTrades))) {
      readLater(json);
      return;
    }
    Instrument instrument = about(instrument(arrival, market, symbol));
    if (channel == null) {
      throw new DecodeException("unrecognised-message");
    }
    if (ofTrades) {
      anyTrade = false;
      trades(json, trade -> decoded.add(readTrade(trade, arrival, instrument, channel.ids())));
      if (anyTrade && isNewestFirst()) {
        Collections.reverse(decoded.events());
      }
    } else {
      boolean snapshot = "snapshot".equals(action);
      if (!snapshot && !"update".equals(action)) {
        throw new DecodeException("unrecognised-message");
      }
      books(
          json, book -> decoded.add(readBook(book, arrival, about(instrument), snapshot, channel)));
    }
  }

  private boolean isNewestFirst() {
    boolean numbered = firstId != 0 && lastId != 0;
    return firstUs > lastUs || (firstUs == lastUs && numbered && firstId > lastId);
  }

  private BookUpdate readBook(
      JsonScanner json, Arrival arrival, Instrument instrument, boolean snapshot, Channel channel)
      throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    beginBook();
    boolean timed = false;
    long timeUs = arrival.receiveTimeUs();
    long sequence = NONE;
    long previousSequence = NONE;
    int checksum = 0;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "bids", "asks" -> levels(json, field.equals("bids"));
        case "b", "a" -> levels(json, field.equals("b"));
        case "ts" -> {
          timeUs = epochMicros(json);
          timed = true;
        }
        case "checksum" -> checksum = checksum(json);
        case "seqId", "seq" -> sequence = sequence(json);
        case "prevSeqId" -> previousSequence = sequence(json);
        case "pseq" -> {
          long previous = sequence(json);
          previousSequence = previous == 0 ? NONE : previous;
        }
        default -> skip(json);
      }
    }
    expectBothSides();
    boolean follows = sequence != NONE && previousSequence != NONE;
    if (snapshot) {
      book.restart(sequence).depth(channel.depth());
    } else if (checksum == 0 && !follows) {
      throw new DecodeException("missing-field");
    } else {
      book.delta(follows ? previousSequence : NONE, sequence);
    }
    if (checksum != 0) {
      book.checksum(Checksum.OKX, checksum);
    }
    if (!timed) {
      book.untimed();
    }
    return book.feed(channel.feed()).build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private Trade readTrade(JsonScanner json, Arrival arrival, Instrument instrument, TradeIds ids)
      throws DecodeException {
    expect(json, JsonToken.START_OBJECT);
    Side side = Side.UNKNOWN;
    long timeUs = arrival.receiveTimeUs();
    id = 0;
    for (String field = nextField(json); field != null; field = nextField(json)) {
      switch (field) {
        case "px", "price", "p" -> price(json);
        case "sz", "size", "v" -> quantity(json);
        case "side", "S" -> side = sideNamed(json);
        case "ts", "T" -> timeUs = epochMicros(json);
        case "tradeId", "i" -> {
          tradeId(json, ids);
          id = number(json);
        }
        default -> skip(json);
      }
    }
    Trade trade = trade(arrival, instrument, side, timeUs);
    if (!anyTrade) {
      anyTrade = true;
      firstUs = timeUs;
      firstId = id;
    }
    lastUs = timeUs;
    lastId = id;
    return trade;
  }

  /** An id as a number, to tell which came first; 0 where it is none that 63 bits hold. */
  private static long number(JsonScanner json) throws DecodeException {
    if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
      return 0;
    }
    byte[] text = json.textBytes();
    long value = 0;
    for (int i = json.textOffset(); i < json.textOffset() + json.textLength(); i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return 0;
      }
      value = 10 * value + digit;
    }
    return value;
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
