package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.PlainBook;
import io.streamforge.testkit.reference.VenueMessages;
import io.streamforge.topic.TopicNames;
import java.util.Collection;
import java.util.List;

/** The plain books of what a client was sent, and of the recording itself. */
final class BookComparison {
  private BookComparison() {}

  /** The book of a symbol that a recording ends with. */
  static PlainBook recorded(List<RawMessage> recording, String symbol)
      throws JsonProcessingException {
    PlainBook book = PlainBook.of(recording.get(0).venue());
    for (RawMessage message : recording) {
      if (!message.isTrade() && message.key().equals(symbol)) {
        apply(book, message, symbol);
      }
    }
    return book;
  }

  /** The book of a symbol that the texts end with, of which others are passed over. */
  static PlainBook received(String venue, List<String> texts, String symbol)
      throws JsonProcessingException {
    PlainBook book = PlainBook.of(venue);
    long time = 0;
    for (String text : texts) {
      apply(book, new RawMessage(TopicNames.RAW_ORDERBOOKS, symbol, venue, time++, text), symbol);
    }
    return book;
  }

  private static void apply(PlainBook book, RawMessage message, String symbol)
      throws JsonProcessingException {
    for (BookMessage said : VenueMessages.books(message)) {
      if (said.instrument().equals(message.venue() + ":" + symbol)) {
        book.apply(said);
        assertThat(book.status()).as(message.value()).isNotEqualTo("gap");
      }
    }
  }

  static void assertSame(PlainBook actual, PlainBook expected, int levels) {
    assertThat(actual.isLive()).isTrue();
    assertThat(best(actual.bids().all(), levels)).isEqualTo(best(expected.bids().all(), levels));
    assertThat(best(actual.asks().all(), levels)).isEqualTo(best(expected.asks().all(), levels));
  }

  private static List<Level> best(Collection<Level> side, int levels) {
    return side.stream().limit(levels).toList();
  }
}
