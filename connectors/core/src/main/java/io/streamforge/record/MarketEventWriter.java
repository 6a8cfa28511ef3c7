package io.streamforge.record;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.Touch;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@link MarketEventRecord}s, one for each trade and each change of a book's touch: byte by
 * byte, as they are many. Not thread-safe.
 */
public final class MarketEventWriter {
  private static final byte[] BEGIN =
      ascii("{\"schema\":\"" + MarketEventRecord.SCHEMA + "\",\"instrument\":");
  private static final byte[] TRADE = ascii(",\"type\":\"trade\"");
  private static final byte[] TRUST = ascii(",\"type\":\"trust\"");
  private static final byte[] TOUCH = ascii(",\"type\":\"touch\"");
  private static final byte[] EVENT_TIME = ascii(",\"event_time_us\":");
  private static final byte[] RECEIVE_TIME = ascii(",\"receive_time_us\":");
  private static final byte[] EFFECTIVE_TIME = ascii(",\"effective_time_us\":");
  private static final byte[] TRADE_ID = ascii(",\"trade_id\":");
  private static final byte[] KIND = ascii(",\"kind\":");
  private static final byte[] BUY = ascii(",\"side\":\"buy\"");
  private static final byte[] SELL = ascii(",\"side\":\"sell\"");
  private static final byte[] NO_SIDE = ascii(",\"side\":null");
  private static final byte[] PRICE = ascii(",\"price\":");
  private static final byte[] QUANTITY = ascii(",\"quantity\":");
  private static final byte[] SEQUENCE = ascii(",\"sequence\":");
  private static final byte[] BOOK = ascii(",\"book\":");
  private static final byte[] REASON = ascii(",\"reason\":");
  private static final byte[] LIVE = ascii(",\"book\":\"live\"");
  private static final byte[] PROVEN = ascii(",\"proven\":true");
  private static final byte[] UNPROVEN = ascii(",\"proven\":false");
  private static final byte[] BID = ascii(",\"bid\":");
  private static final byte[] BID_QUANTITY = ascii(",\"bid_quantity\":");
  private static final byte[] ASK = ascii(",\"ask\":");
  private static final byte[] ASK_QUANTITY = ascii(",\"ask_quantity\":");
  private static final byte[] END = ascii("}");

  private final Utf8Builder json = new Utf8Builder();

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A trade that has an origin. */
  public byte[] trade(Trade trade) {
    begin(trade, TRADE);
    json.add(TRADE_ID).quoted(tradeId(trade));
    json.add(KIND).quoted(trade.kind().text());
    json.add(trade.side() == Side.BUY ? BUY : trade.side() == Side.SELL ? SELL : NO_SIDE);
    json.add(PRICE).decimal(trade.price(), trade.priceScale());
    json.add(QUANTITY).decimal(trade.quantity(), trade.quantityScale());
    return json.add(END).toBytes();
  }

  private static String tradeId(Trade trade) {
    if (trade.venueId() != null) {
      return trade.venueId();
    }
    return trade.ids() == TradeIds.NONE ? null : Long.toString(trade.id());
  }

  /**
   * A change of the trust in a book.
   *
   * @param by the message that has made it, which has an origin
   * @param sequence the venue's number of the last message applied, or {@link
   *     BookUpdate#NO_SEQUENCE}
   * @param book {@code live}, or what the book lacks
   * @param reason why it cannot be used; null where it is live
   */
  public byte[] trust(BookUpdate by, long sequence, String book, String reason) {
    begin(by, TRUST);
    sequence(sequence);
    json.add(BOOK).quoted(book);
    json.add(REASON).quoted(reason);
    return json.add(END).toBytes();
  }

  /**
   * A change of the best levels of a live book.
   *
   * @param by the message that has made it, which has an origin
   * @param sequence the venue's number of the last message applied, or {@link
   *     BookUpdate#NO_SEQUENCE}
   * @param proven whether nothing unknown can stand before them
   */
  public byte[] touch(BookUpdate by, long sequence, Touch touch, boolean proven) {
    begin(by, TOUCH);
    sequence(sequence);
    json.add(LIVE).add(proven ? PROVEN : UNPROVEN);
    decimal(BID, touch.bid(), touch.priceScale());
    decimal(BID_QUANTITY, touch.bidQuantity(), touch.quantityScale());
    decimal(ASK, touch.ask(), touch.priceScale());
    decimal(ASK_QUANTITY, touch.askQuantity(), touch.quantityScale());
    return json.add(END).toBytes();
  }

  private void begin(MarketEvent event, byte[] type) {
    json.add(BEGIN).quoted(event.instrument().id()).add(type);
    json.add(EVENT_TIME).number(event.eventTimeUs());
    json.add(RECEIVE_TIME).number(event.origin().receiveTimeUs());
    json.add(EFFECTIVE_TIME).number(event.effectiveTimeUs());
  }

  private void sequence(long sequence) {
    json.add(SEQUENCE);
    if (sequence == BookUpdate.NO_SEQUENCE) {
      json.nothing();
    } else {
      json.number(sequence);
    }
  }

  private void decimal(byte[] name, long mantissa, int scale) {
    json.add(name);
    if (mantissa == Touch.NONE) {
      json.nothing();
    } else {
      json.decimal(mantissa, scale);
    }
  }
}
