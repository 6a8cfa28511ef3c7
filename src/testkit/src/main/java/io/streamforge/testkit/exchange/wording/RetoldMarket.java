package io.streamforge.testkit.exchange.wording;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.TradePrint;
import io.streamforge.testkit.reference.VenueMessages;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a recorded market anew in words that no recording has. The messages are <b>made</b>: nobody
 * received them. Prices, quantities and times are those of the recording; numbers and ids are made
 * here, and count each book by itself.
 */
public final class RetoldMarket {
  /** As in captures. */
  private static final long FIRST_OF_OKX = 78_785_100_877L;

  private static final long FIRST_OF_BITGET = 993_094_633_676L;

  private final String venue;
  private final long first;

  /** What a whole book names as the number before. */
  private final long none;

  private final BookWords books;
  private final TradeWords trades;
  private final Map<String, Long> numbers = new HashMap<>();
  private final List<RawMessage> told = new ArrayList<>();
  private long tradeCount;

  private RetoldMarket(String venue, long first, long none, BookWords books, TradeWords trades) {
    this.venue = venue;
    this.first = first;
    this.none = none;
    this.books = books;
    this.trades = trades;
  }

  /**
   * The same market as OKX tells it on its channels {@code books} and {@code trades} since June
   * 2026: with numbers, without checksums.
   *
   * @throws UncheckedIOException if a message cannot be read
   */
  public static List<RawMessage> byOkx(List<RawMessage> recording) {
    RetoldMarket market =
        new RetoldMarket("okx", FIRST_OF_OKX, -1, OkxMessage::book, OkxMessage::trade);
    for (RawMessage message : recording) {
      market.tell(message, message.key());
    }
    return market.told;
  }

  /**
   * The spot market of a recording of OKX as Bitget tells it on v3, under its topics {@code books}
   * and {@code publicTrade}. It is venue {@code bitget-spot}, and {@code ZEN-USDT} is {@code
   * ZENUSDT} there.
   *
   * @throws UncheckedIOException if a message cannot be read
   */
  public static List<RawMessage> byBitget(List<RawMessage> recording) {
    BitgetMessage spot = new BitgetMessage("spot");
    RetoldMarket market =
        new RetoldMarket(
            "bitget-spot",
            FIRST_OF_BITGET,
            0,
            spot::book,
            (symbol, count, trade, number) ->
                spot.trades(
                    "update",
                    symbol,
                    List.of(BitgetMessage.trade(count, trade)),
                    trade.eventTimeUs() / 1000));
    for (RawMessage message : recording) {
      if (OkxMessage.type(message.key()).equals("SPOT")) {
        market.tell(message, message.key().replace("-", ""));
      }
    }
    return market.told;
  }

  private void tell(RawMessage message, String symbol) {
    try {
      if (message.isTrade()) {
        for (TradePrint trade : VenueMessages.trades(message)) {
          long number = numbers.getOrDefault(symbol, first);
          tell(message, symbol, trades.trade(symbol, ++tradeCount, trade, number));
        }
      } else {
        for (BookMessage book : VenueMessages.books(message)) {
          tell(message, symbol, changed(symbol, book));
        }
      }
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot read a recorded message of " + message.key(), e);
    }
  }

  private String changed(String symbol, BookMessage book) {
    long before = numbers.getOrDefault(symbol, first);
    // A number grows by more than one, as in captures.
    long number = before + 1 + book.bids().size() + book.asks().size();
    numbers.put(symbol, number);
    return books.book(
        book.whole() ? "snapshot" : "update",
        symbol,
        book.bids(),
        book.asks(),
        book.eventTimeUs() / 1000,
        number,
        book.whole() ? none : before);
  }

  private void tell(RawMessage message, String symbol, String text) {
    told.add(new RawMessage(message.topic(), symbol, venue, message.receiveTimeUs(), text));
  }

  /** How a venue tells a book, or what has changed of it. */
  private interface BookWords {
    String book(
        String action,
        String symbol,
        List<Level> bids,
        List<Level> asks,
        long timeMs,
        long number,
        long previous);
  }

  /** How a venue tells a trade, of which there have been so many, beside its book's number. */
  private interface TradeWords {
    String trade(String symbol, long count, TradePrint trade, long number);
  }
}
