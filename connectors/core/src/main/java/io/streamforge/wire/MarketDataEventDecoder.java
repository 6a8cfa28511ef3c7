package io.streamforge.wire;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.wire.protobuf.MarketDataEvent;

/**
 * Protobuf, for feeds that have no decoder of their own: one {@code MarketDataEvent} a message, see
 * {@code market_data_event.proto}. {@code exchange} and {@code symbol} name the instrument.
 *
 * <p>A trade has no side. Its price and volume are doubles: each counts as the shortest decimal
 * that is read as that double, the one that its sender meant, and is refused where that has more
 * than 18 decimal places. What proto3 cannot tell from 0 or an empty text was not sent: the symbol
 * is then the key's, the time that of receipt. A {@code TICKER} or {@code ORDER_BOOK} carries one
 * price without a side, of which no book can be made: it gives no event. What cannot be detected: a
 * lost or repeated trade.
 */
final class MarketDataEventDecoder implements VenueDecoder {
  // Unknown fields would take many times their bytes in memory.
  private static final Parser<MarketDataEvent> PARSER =
      DiscardUnknownFieldsParser.wrap(MarketDataEvent.parser());

  private final DecimalParser decimal = new DecimalParser();

  @Override
  public void decode(byte[] message, Arrival arrival, Decoded decoded) throws DecodeException {
    MarketDataEvent event = parse(message);
    switch (event.getEventType()) {
      case TRADE -> decoded.add(trade(event, arrival));
      case ORDER_BOOK, TICKER -> {
        // Nothing is made of a quote.
      }
      case UNRECOGNIZED -> throw new DecodeException("unknown-event-type");
    }
  }

  private static MarketDataEvent parse(byte[] message) throws DecodeException {
    try {
      return PARSER.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new DecodeException("malformed-protobuf");
    }
  }

  private Trade trade(MarketDataEvent event, Arrival arrival) throws DecodeException {
    String symbol = event.getSymbol();
    Instrument instrument =
        arrival.instrument(event.getExchange(), symbol.isEmpty() ? null : symbol);
    if (event.getPrice() <= 0) {
      throw new DecodeException("price-not-positive");
    }
    decimal.parse(event.getPrice());
    long price = decimal.mantissa();
    int priceScale = decimal.scale();
    if (event.getVolume() <= 0) {
      throw new DecodeException("quantity-not-positive");
    }
    decimal.parse(event.getVolume());
    long timeUs =
        event.getTimestamp() == 0
            ? arrival.receiveTimeUs()
            : EpochTime.toMicros(event.getTimestamp());
    return new Trade(
        instrument,
        TradeIds.NONE,
        0,
        price,
        priceScale,
        decimal.mantissa(),
        decimal.scale(),
        Side.UNKNOWN,
        timeUs,
        arrival.effectiveTimeUs(timeUs));
  }
}
