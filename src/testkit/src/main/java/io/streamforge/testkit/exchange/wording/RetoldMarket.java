package io.streamforge.testkit.exchange.wording;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.TradePrint;
import io.streamforge.testkit.reference.VenueMessages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a recorded market anew in words that no recording has. Prices, quantities and times are
 * those of the recording; numbers and ids are made here, and count each book by itself.
 */
public final class RetoldMarket {
  /** As in a capture. */
  private static final long FIRST_OF_OKX = 78_785_100_877L;

  private final Map<String, Long> numbers = new HashMap<>();
  private final List<RawMessage> told = new ArrayList<>();
  private long trades;

  private RetoldMarket() {}

  /**
   * The same market as OKX tells it on its channels {@code books} and {@code trades} since June
   * 2026: with numbers, without checksums.
   *
   * @throws JsonProcessingException if a message cannot be read
   */
  public static List<RawMessage> byOkx(List<RawMessage> recording) throws JsonProcessingException {
    RetoldMarket market = new RetoldMarket();
    for (RawMessage message : recording) {
      market.tellByOkx(message);
    }
    return market.told;
  }

  private void tellByOkx(RawMessage message) throws JsonProcessingException {
    String symbol = message.key();
    if (message.isTrade()) {
      for (TradePrint trade : VenueMessages.trades(message)) {
        long number = numbers.getOrDefault(symbol, FIRST_OF_OKX);
        tell(message, "okx", symbol, OkxMessage.trade(symbol, ++trades, trade, number));
      }
      return;
    }
    for (BookMessage book : VenueMessages.books(message)) {
      long before = numbers.getOrDefault(symbol, FIRST_OF_OKX);
      long number = next(symbol, before, book);
      String text =
          OkxMessage.book(
              book.whole() ? "snapshot" : "update",
              symbol,
              book.bids(),
              book.asks(),
              book.eventTimeUs() / 1000,
              number,
              book.whole() ? -1 : before);
      tell(message, "okx", symbol, text);
    }
  }

  /** A number grows by more than one, as in captures. */
  private long next(String symbol, long before, BookMessage book) {
    long number = before + 1 + book.bids().size() + book.asks().size();
    numbers.put(symbol, number);
    return number;
  }

  private void tell(RawMessage message, String venue, String symbol, String text) {
    told.add(new RawMessage(message.topic(), symbol, venue, message.receiveTimeUs(), text));
  }
}
