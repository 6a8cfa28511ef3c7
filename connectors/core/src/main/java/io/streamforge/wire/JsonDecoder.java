package io.streamforge.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.market.TradeKind;
import java.nio.charset.StandardCharsets;

/**
 * What decoders of JSON share: a scanner with tight limits, and the forms of books and trades that
 * venues have in common. A venue's own decoder reads tokens from the scanner, hands those that it
 * knows to the methods here, and adds what {@link #trade} and {@link #book} make of them to the
 * events.
 */
public abstract class JsonDecoder extends JsonFields implements VenueDecoder {
  /** Levels of one book message, both sides: twice what the deepest snapshot seen holds. */
  static final int MAX_LEVELS = 100_000;

  private static final int MAX_ID_DIGITS = 18; // fewer than 2⁶³
  private static final long NOT_READ = -1;

  /** Reads one element of an array; the parser stands on its first token. */
  @FunctionalInterface
  protected interface Part {
    void read(JsonScanner json) throws DecodeException;
  }

  /** The message being read. */
  protected final BookUpdateBuilder book = new BookUpdateBuilder();

  private final JsonScanner json = new JsonScanner();
  private final DecimalParser quantityDecimal = new DecimalParser();
  private Arrival arrival;
  private Decoded decoded;
  private Instrument named;
  private long price;
  private int priceScale;
  private long quantity;
  private int quantityScale;
  private int sentScales;
  private TradeIds tradeIds = TradeIds.NONE;
  private long tradeId;
  private String venueId;
  private boolean bidsRead;
  private boolean asksRead;
  private boolean later;
  private boolean reread;

  @Override
  public final void decode(byte[] message, Arrival arrival, Decoded decoded)
      throws DecodeException {
    if (isPong(message)) {
      return;
    }
    this.arrival = arrival;
    this.decoded = decoded;
    reread = false;
    later = false;
    try {
      readOnceOrTwice(message);
    } finally { // each venue has a decoder of its own
      json.release();
      book.release();
    }
  }

  private void readOnceOrTwice(byte[] message) throws DecodeException {
    try {
      readWhole(message);
    } catch (DecodeException e) {
      if (!later) { // else the second reading tells
        throw e;
      }
    }
    if (later) {
      reread = true;
      decoded.begin();
      readWhole(message);
    }
  }

  private void readWhole(byte[] message) throws DecodeException {
    json.read(message);
    json.nextToken();
    named = null;
    beginNumbers();
    beginBook();
    read(json, arrival, decoded);
    if (json.nextToken() != null) {
      throw JsonScanner.malformed();
    }
  }

  /** Reads the whole message; the parser stands on its first token and is left on its last. */
  protected abstract void read(JsonScanner json, Arrival arrival, Decoded decoded)
      throws DecodeException;

  /** Whether the text is how the venue answers a ping, which is no JSON. */
  protected boolean isPong(byte[] message) {
    return false;
  }

  /**
   * Passes over a value that stands before the fields that say what it is. The message is read a
   * second time, for which the decoder keeps what it has found: the fields of JSON have no order.
   */
  protected final void readLater(JsonScanner json) throws DecodeException {
    later = true;
    skip(json);
  }

  /** Whether the message is being read for the second time. */
  protected final boolean isReread() {
    return reread;
  }

  private void beginNumbers() {
    price = NOT_READ;
    quantity = NOT_READ;
    tradeIds = TradeIds.NONE;
    tradeId = 0;
    venueId = null;
  }

  /**
   * The instrument that the body names, or the part of it that is being read; the key's for null.
   */
  protected final Instrument instrument(String symbol) throws DecodeException {
    return about(arrival.instrument(symbol));
  }

  /** The same instrument, which is from now on the one that the message or part is about. */
  protected final Instrument about(Instrument instrument) {
    named = instrument;
    decoded.about(instrument);
    return instrument;
  }

  /** Reads an array of trades: one that cannot be read is a flaw, and the others count. */
  protected final void trades(JsonScanner json, Part trade) throws DecodeException {
    parts(json, trade, false);
  }

  /**
   * Reads an array of books: one that cannot be read is a flaw, and has lost a message; the others
   * count.
   */
  protected final void books(JsonScanner json, Part read) throws DecodeException {
    parts(json, read, true);
  }

  private void parts(JsonScanner json, Part part, boolean ofBooks) throws DecodeException {
    expect(json, JsonToken.START_ARRAY);
    int inside = json.depth();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      named = null;
      beginNumbers();
      try {
        part.read(json);
      } catch (DecodeException e) {
        passOver(json, inside, e);
        if (ofBooks) {
          unreadable();
        }
      }
    }
  }

  /** Notes why an element of an array could not be read, and reads on behind it. */
  private void passOver(JsonScanner json, int inside, DecodeException e) throws DecodeException {
    if (JsonScanner.isMalformed(e)) {
      throw e;
    }
    json.skipTo(inside);
    decoded.flaw(e.reason());
  }

  private void unreadable() throws DecodeException {
    long timeUs = arrival.receiveTimeUs();
    Instrument lost = named != null ? named : arrival.instrument(null);
    if (decoded.hasJustLost(lost)) { // a million elements may be none
      return;
    }
    beginBook();
    decoded.add(book.untimed().notice(BookUpdate.Kind.UNREADABLE).build(lost, timeUs, timeUs));
  }

  /**
   * Forgets the last book message: done before each text, and to be done where one holds several.
   */
  protected void beginBook() {
    book.begin();
    bidsRead = false;
    asksRead = false;
  }

  protected void price(JsonScanner json) throws DecodeException {
    parseDecimal(json);
    price = decimal.mantissa();
    priceScale = decimal.scale();
    sentScales = (decimal.sentScale() << 8) | (sentScales & 0xff);
  }

  protected void quantity(JsonScanner json) throws DecodeException {
    parseDecimal(json);
    quantity = decimal.mantissa();
    quantityScale = decimal.scale();
    sentScales = (sentScales & 0xff00) | decimal.sentScale();
  }

  /**
   * The id of the trade that is being read, as number or as text: where ids are consecutive a whole
   * number, else anything. Null and empty text are none.
   */
  protected void tradeId(JsonScanner json, TradeIds ids) throws DecodeException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
      throw new DecodeException("unexpected-shape");
    }
    byte[] text = json.textBytes();
    if (json.textLength() > 0) {
      tradeIds = ids;
      tradeId =
          ids.areConsecutive()
              ? wholeNumber(json)
              : identity(text, json.textOffset(), json.textLength());
      if (decoded.keepsVenueIds() && !ids.areConsecutive()) {
        String sent =
            new String(text, json.textOffset(), json.textLength(), StandardCharsets.UTF_8);
        venueId = sent.equals(Long.toString(tradeId)) ? null : sent;
      }
    }
  }

  // A number is itself: numbers close together are remembered as one range. Any other text becomes
  // its hash of 64 bits (FNV-1a).
  private static long identity(byte[] text, int offset, int length) {
    boolean number = length <= MAX_ID_DIGITS && (text[offset] != '0' || length == 1);
    long value = 0;
    long hash = 0xcbf29ce484222325L;
    for (int i = offset; i < offset + length; i++) {
      number &= text[i] >= '0' && text[i] <= '9';
      value = value * 10 + (text[i] - '0');
      hash = (hash ^ text[i]) * 0x100000001b3L;
    }
    return number ? value : hash;
  }

  /** The next two values of an array. */
  protected void priceAndQuantity(JsonScanner json) throws DecodeException {
    json.nextToken();
    price(json);
    json.nextToken();
    quantity(json);
  }

  /**
   * Adds the level whose {@link #price} and {@link #quantity} were read last. One of price 0 is
   * left out: nobody can trade there.
   */
  protected void level(boolean bid) {
    if (price < 0 || quantity < 0) {
      flawedLevel("missing-field");
    } else {
      add(bid, price, priceScale, quantity, quantityScale, sentScales);
    }
    price = NOT_READ;
    quantity = NOT_READ;
  }

  private void add(boolean bid, long units, int unitScale, long amount, int amountScale, int sent) {
    if (book.bids() + book.asks() == MAX_LEVELS) {
      flawedLevel("too-many-levels");
    } else if (units > 0) {
      book.level(bid, units, unitScale, amount, amountScale, (short) sent);
    }
  }

  private void flawedLevel(String reason) {
    book.flawed();
    decoded.flaw(reason);
  }

  /** An array of levels, each {@code [price, quantity, …]}; one that is none is a flaw. */
  protected void levels(JsonScanner json, boolean bid) throws DecodeException {
    expect(json, JsonToken.START_ARRAY);
    int inside = json.depth();
    do {
      while (json.nextPair(decimal, quantityDecimal)) {
        addPair(bid);
      }
    } while (readLevel(json, bid, inside));
    bidsRead |= bid;
    asksRead |= !bid;
  }

  private void addPair(boolean bid) {
    add(
        bid,
        decimal.mantissa(),
        decimal.scale(),
        quantityDecimal.mantissa(),
        quantityDecimal.scale(),
        (decimal.scale() << 8) | quantityDecimal.scale());
  }

  /** Adds the levels of an array up to the first of another form; whether there was one. */
  final boolean levels(JsonScanner json, JsonScanner.PairForm form, boolean bid) {
    boolean any = false;
    while (json.nextPair(form, decimal, quantityDecimal)) {
      addPair(bid);
      any = true;
    }
    return any;
  }

  /** One level, whatever its form; false at the array's end. */
  private boolean readLevel(JsonScanner json, boolean bid, int inside) throws DecodeException {
    if (json.nextToken() == JsonToken.END_ARRAY) {
      return false;
    }
    try {
      expect(json, JsonToken.START_ARRAY);
      priceAndQuantity(json);
      skipRest(json);
      level(bid);
    } catch (DecodeException e) {
      passOverLevel(json, inside, e);
    }
    return true;
  }

  /** Passes over what is left of an element of an array of levels that is no level: a flaw. */
  protected final void passOverLevel(JsonScanner json, int inside, DecodeException e)
      throws DecodeException {
    passOver(json, inside, e);
    book.flawed();
    price = NOT_READ;
    quantity = NOT_READ;
  }

  /** An array of levels of both sides, each {@code [buy or sell, price, quantity, …]}. */
  protected void changes(JsonScanner json) throws DecodeException {
    expect(json, JsonToken.START_ARRAY);
    int inside = json.depth();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      try {
        expect(json, JsonToken.START_ARRAY);
        json.nextToken();
        boolean bid =
            switch (text(json)) {
              case "buy" -> true;
              case "sell" -> false;
              default -> throw new DecodeException("unrecognised-message");
            };
        priceAndQuantity(json);
        skipRest(json);
        level(bid);
      } catch (DecodeException e) {
        passOverLevel(json, inside, e);
      }
    }
    bidsRead = true;
    asksRead = true;
  }

  /** A book message that lacks a side would lose its changes unseen. */
  protected void expectBothSides() throws DecodeException {
    if (!bidsRead || !asksRead) {
      throw new DecodeException("missing-field");
    }
  }

  /** The trade whose {@link #price} and {@link #quantity} were read last. */
  protected Trade trade(Arrival arrival, Instrument instrument, Side side, long eventTimeUs)
      throws DecodeException {
    if (price <= 0) {
      throw new DecodeException("price-not-positive");
    }
    if (quantity <= 0) {
      throw new DecodeException("quantity-not-positive");
    }
    return trade(arrival, instrument, side, eventTimeUs, TradeKind.MARKET);
  }

  /** Likewise, of a venue that says what kind it is; without a quantity it is no market trade. */
  protected Trade trade(
      Arrival arrival, Instrument instrument, Side side, long eventTimeUs, TradeKind kind)
      throws DecodeException {
    TradeKind told = kind == TradeKind.MARKET && quantity == 0 ? TradeKind.OTHER : kind;
    if (price < 0 || (price == 0 && told == TradeKind.MARKET)) {
      throw new DecodeException("price-not-positive");
    }
    if (quantity < 0) {
      throw new DecodeException("quantity-not-positive");
    }
    Trade trade =
        new Trade(
            instrument,
            tradeIds,
            tradeId,
            price,
            priceScale,
            quantity,
            quantityScale,
            side,
            eventTimeUs,
            arrival.effectiveTimeUs(eventTimeUs),
            told,
            venueId,
            null);
    beginNumbers();
    return trade;
  }
}
