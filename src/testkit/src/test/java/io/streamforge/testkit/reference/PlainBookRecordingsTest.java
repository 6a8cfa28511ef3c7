package io.streamforge.testkit.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain books against what the exchanges say of themselves. */
class PlainBookRecordingsTest {

  @ParameterizedTest
  @CsvSource({"kraken-v1-10, 14496", "kraken-v2-btc, 2052", "kraken-v2-btc-resubscribed, 301"})
  void everyChecksumIsRight(String recording, int checksums) throws IOException {
    Map<String, PlainBook> books = new HashMap<>();
    for (BookMessage message : bookMessages(recording)) {
      PlainBook book = books.computeIfAbsent(message.instrument(), i -> PlainBook.of("kraken"));
      book.apply(message);
      assertTrue(book.isLive(), () -> book.status() + " after " + message);
    }
    int verified = books.values().stream().mapToInt(book -> ((KrakenBook) book).verified()).sum();
    assertEquals(checksums, verified);
  }

  @ParameterizedTest
  @CsvSource({
    "binance-us-10, 743",
    "binance-spot-btc-eth, 2128",
    "binance-usdm-btc-eth, 1459",
    "binance-spot-nexo-34h, 17468"
  })
  void bestBidAndOfferAreTheExchanges(String recording, int shared) throws IOException {
    Map<String, List<BigDecimal>> theirs = new HashMap<>();
    ObjectMapper json = new ObjectMapper();
    for (RawMessage record : RecordingFile.read(recording + ".bbo")) {
      JsonNode data = json.readTree(record.value()).get("data");
      List<BigDecimal> numbers = new ArrayList<>();
      for (String name : List.of("b", "B", "a", "A")) {
        numbers.add(new BigDecimal(data.get(name).asText()).stripTrailingZeros());
      }
      String instrument = record.venue() + ":" + data.get("s").asText();
      theirs.put(instrument + "@" + data.get("u").asText(), numbers);
    }
    int compared = 0;
    for (Map.Entry<String, Quote> ours : replayWithoutGap(recording).entrySet()) {
      Quote quote = ours.getValue();
      if (theirs.containsKey(ours.getKey())) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (Level level : List.of(quote.bid(), quote.ask())) {
          numbers.add(level.price().stripTrailingZeros());
          numbers.add(level.quantity().stripTrailingZeros());
        }
        assertEquals(theirs.get(ours.getKey()), numbers, ours.getKey());
        compared++;
      }
    }
    assertEquals(shared, compared);
  }

  @Test
  void everyChecksumOfOkxIsRight() throws IOException {
    Map<String, PlainBook> books = new HashMap<>();
    for (BookMessage message : bookMessages("okx-10")) {
      PlainBook book = books.computeIfAbsent(message.instrument(), i -> PlainBook.of("okx"));
      book.apply(message);
      assertTrue(book.isLive(), () -> book.status() + " after " + message);
    }
    int verified = books.values().stream().mapToInt(book -> ((OkxBook) book).verified()).sum();
    assertEquals(3679, verified);
  }

  @ParameterizedTest
  @CsvSource({
    "bybit-6, 2142",
    "coinbase-2, 773",
    "coinbase-pro-10, 9719",
    "bitstamp-10, 3096",
    "gemini-10, 1748"
  })
  void isNeverCrossed(String recording, int applied) throws IOException {
    Map<String, PlainBook> books = new HashMap<>();
    int deltas = 0;
    for (BookMessage message : bookMessages(recording)) {
      String venue = message.instrument().substring(0, message.instrument().indexOf(':'));
      PlainBook book = books.computeIfAbsent(message.instrument(), i -> PlainBook.of(venue));
      deltas += book.apply(message) == PlainBook.Outcome.DELTA ? 1 : 0;
      assertTrue(book.isLive(), () -> book.status() + " after " + message);
      assertTrue(book.quote() == null || !book.quote().crossed(), () -> "crossed by " + message);
    }
    assertEquals(applied, deltas);
  }

  @Test
  void aggregatedTradesRecordingHasNoGap() throws IOException {
    assertEquals(2656, replayWithoutGap("binance-spot-3").size());
  }

  @Test
  void lostDeltaIsGapOfItsInstrumentAlone() throws IOException {
    List<BookMessage> messages = bookMessages("binance-us-10");
    BookMessage lost = messages.remove(1000);
    Map<String, PlainBook> books = new HashMap<>();
    for (BookMessage message : messages) {
      books.computeIfAbsent(message.instrument(), i -> PlainBook.of("binance-us")).apply(message);
    }
    assertEquals(10, books.size());
    books.forEach(
        (instrument, book) ->
            assertEquals(instrument.equals(lost.instrument()) ? "gap" : "live", book.status()));
    assertEquals(lost.first() - 1, books.get(lost.instrument()).sequence());
  }

  @Test
  void lostMessageIsMismatchUntilTheNextSnapshot() throws IOException {
    List<BookMessage> messages = bookMessages("kraken-v2-btc-resubscribed");
    messages.remove(40); // between the third snapshot and the fourth, which now stands at 44
    PlainBook book = PlainBook.of("kraken");
    for (int i = 0; i < messages.size(); i++) {
      book.apply(messages.get(i));
      assertEquals(i < 40 || i >= 44 ? "live" : "checksum-mismatch", book.status(), "" + i);
    }
  }

  /**
   * The quote after each delta that a live book took, by instrument and update id: the best levels
   * held, even where they lie beyond the depth that the snapshot made known.
   */
  private static Map<String, Quote> replayWithoutGap(String recording) throws IOException {
    Map<String, PlainBook> books = new HashMap<>();
    Map<String, Quote> quotes = new HashMap<>();
    for (BookMessage message : bookMessages(recording)) {
      String venue = message.instrument().substring(0, message.instrument().indexOf(':'));
      PlainBook book = books.computeIfAbsent(message.instrument(), i -> PlainBook.of(venue));
      PlainBook.Outcome outcome = book.apply(message);
      if (outcome == PlainBook.Outcome.DELTA) {
        Quote quote = new Quote(first(book.bids()), first(book.asks()));
        quotes.put(message.instrument() + "@" + book.sequence(), quote);
      }
      assertTrue(!book.status().equals("gap"), () -> "gap after " + message);
    }
    books.forEach((instrument, book) -> assertEquals("live", book.status(), instrument));
    return quotes;
  }

  private static Level first(PlainSide side) {
    return side.all().iterator().next();
  }

  private static List<BookMessage> bookMessages(String recording) throws IOException {
    List<BookMessage> messages = new ArrayList<>();
    for (RawMessage record : RecordingFile.read(recording)) {
      if (!record.isTrade()) {
        messages.addAll(VenueMessages.books(record));
      }
    }
    return messages;
  }
}
