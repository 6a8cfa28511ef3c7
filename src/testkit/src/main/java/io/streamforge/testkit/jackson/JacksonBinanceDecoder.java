package io.streamforge.testkit.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.market.TradeKind;
import io.streamforge.wire.Arrival;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.Decoded;
import io.streamforge.wire.VenueDecoder;
import java.io.IOException;

/**
 * Binance's messages by Jackson's streaming parser, written as one would to be fast: no tree, no
 * text but names, decimals from the parser's own characters. It makes the same events of recorded
 * messages as the job's decoder, and leaves out that decoder's checks of what a message may hold.
 */
public final class JacksonBinanceDecoder implements VenueDecoder {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long NONE = BookUpdate.NO_SEQUENCE;

  /** Milliseconds that are microseconds. */
  private static final long LARGEST_MS = 100_000_000_000_000L;

  private final BookUpdateBuilder book = new BookUpdateBuilder();
  private String symbol;
  private long eventTimeUs;
  private long tradeTimeUs;
  private long lastUpdateId;
  private long firstId;
  private long finalId;
  private long previousFinalId;
  private Side side;
  private TradeKind kind;
  private TradeIds tradeIds;
  private long tradeId;
  private boolean singleTrade;
  private boolean priced;
  private long mantissa;
  private int scale;
  private long price;
  private int priceScale;
  private long quantity;
  private int quantityScale;

  @Override
  public void decode(byte[] message, Arrival arrival, Decoded decoded) throws DecodeException {
    book.begin();
    symbol = null;
    eventTimeUs = NONE;
    tradeTimeUs = NONE;
    lastUpdateId = NONE;
    firstId = NONE;
    finalId = NONE;
    previousFinalId = NONE;
    side = Side.UNKNOWN;
    kind = TradeKind.MARKET;
    tradeIds = TradeIds.NONE;
    tradeId = 0;
    singleTrade = false;
    priced = false;
    try (JsonParser json = JSON.createParser(message)) {
      json.nextToken();
      readObject(json);
    } catch (IOException e) {
      throw new DecodeException("malformed-json");
    }
    decoded.add(event(arrival, arrival.instrument(symbol)));
  }

  private MarketEvent event(Arrival arrival, Instrument instrument) throws DecodeException {
    if (lastUpdateId != NONE) {
      book.snapshot(lastUpdateId).complete(!isLimit(book.bids()), !isLimit(book.asks()));
      return book(arrival, instrument);
    }
    if (finalId != NONE) {
      if (previousFinalId != NONE) {
        book.delta(previousFinalId, finalId);
      } else {
        book.delta(Math.max(0, firstId - 1), finalId).overlapping();
      }
      return book(arrival, instrument);
    }
    if (!priced) {
      throw new DecodeException("unrecognised-message");
    }
    return new Trade(
            instrument,
            tradeIds,
            tradeId,
            price,
            priceScale,
            quantity,
            quantityScale,
            side,
            tradeTimeUs,
            arrival.effectiveTimeUs(tradeTimeUs))
        .as(quantity == 0 && kind == TradeKind.MARKET ? TradeKind.OTHER : kind);
  }

  private static TradeKind kind(String named) {
    return switch (named) {
      case "MARKET" -> TradeKind.MARKET;
      case "INSURANCE_FUND" -> TradeKind.INSURANCE_FUND;
      case "ADL" -> TradeKind.ADL;
      default -> TradeKind.OTHER;
    };
  }

  private BookUpdate book(Arrival arrival, Instrument instrument) throws DecodeException {
    long timeUs = tradeTimeUs != NONE ? tradeTimeUs : eventTimeUs;
    if (timeUs == NONE) {
      book.untimed();
      timeUs = arrival.receiveTimeUs();
    }
    return book.build(instrument, timeUs, arrival.effectiveTimeUs(timeUs));
  }

  private static boolean isLimit(int levels) {
    return switch (levels) {
      case 5, 10, 20, 50, 100, 500, 1000, 5000 -> true;
      default -> false;
    };
  }

  private void readObject(JsonParser json) throws IOException {
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      switch (field) {
        case "data" -> readObject(json);
        case "s", "symbol" -> symbol = json.getText();
        case "E" -> eventTimeUs = micros(json);
        case "T", "timestamp" -> tradeTimeUs = micros(json);
        case "lastUpdateId" -> lastUpdateId = json.getLongValue();
        case "U" -> firstId = json.getLongValue();
        case "u" -> finalId = json.getLongValue();
        case "pu" -> previousFinalId = json.getLongValue();
        case "b", "bids" -> levels(json, token, true);
        case "a", "asks" -> {
          levels(json, token, false);
          if (token == JsonToken.VALUE_NUMBER_INT && !singleTrade) {
            tradeIds = TradeIds.CONSECUTIVE_AGGREGATE;
            tradeId = json.getLongValue();
          }
        }
        case "t" -> {
          singleTrade = true;
          tradeIds = TradeIds.CONSECUTIVE;
          tradeId = json.getLongValue();
        }
        case "p", "price" -> {
          price(json);
          priced = true;
        }
        case "q", "quantity" -> quantity(json);
        case "X" -> kind = kind(json.getText());
        case "m", "is_buyer_maker" -> side = json.getBooleanValue() ? Side.SELL : Side.BUY;
        default -> json.skipChildren();
      }
    }
  }

  private static long micros(JsonParser json) throws IOException {
    long time = json.getLongValue();
    return time < LARGEST_MS ? time * 1000 : time;
  }

  private void levels(JsonParser json, JsonToken first, boolean bid) throws IOException {
    if (first != JsonToken.START_ARRAY) {
      return;
    }
    while (json.nextToken() == JsonToken.START_ARRAY) {
      json.nextToken();
      price(json);
      json.nextToken();
      quantity(json);
      book.level(bid, price, priceScale, quantity, quantityScale);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        json.skipChildren();
      }
    }
  }

  private void price(JsonParser json) throws IOException {
    decimal(json);
    price = mantissa;
    priceScale = scale;
  }

  private void quantity(JsonParser json) throws IOException {
    decimal(json);
    quantity = mantissa;
    quantityScale = scale;
  }

  private void decimal(JsonParser json) throws IOException {
    char[] text = json.getTextCharacters();
    int from = json.getTextOffset();
    int end = from + json.getTextLength();
    mantissa = 0;
    scale = 0;
    boolean fraction = false;
    for (int i = from; i < end; i++) {
      if (text[i] == '.') {
        fraction = true;
      } else {
        mantissa = mantissa * 10 + (text[i] - '0');
        scale += fraction ? 1 : 0;
      }
    }
  }
}
