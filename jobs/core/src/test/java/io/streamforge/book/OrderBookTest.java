package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RawMessage;
import org.junit.jupiter.api.Test;

/** The fast book, by the suite of all books, and what it alone does. */
class OrderBookTest extends BookSuite {

  @Override
  BookUnderTest book(String venue) {
    return new BookUnderTest.Fast();
  }

  private static RawMessage delta(long id, String price) {
    return new RawMessage(
        "raw-orderbooks",
        "X",
        "streamforge",
        1_723_161_255_000_000L,
        "{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"X\",\"snapshot\":false,\"previous_sequence\":%d,\"sequence\":%d,\"bids\":[[\"%s\",\"1\"]],\"asks\":[]}"
            .formatted(id - 1, id, price));
  }

  private static RawMessage snapshot(long id, String bid) {
    return new RawMessage(
        "raw-orderbooks",
        "X",
        "streamforge",
        1_723_161_255_000_000L,
        "{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"X\",\"snapshot\":true,\"sequence\":%d,\"bids\":[[\"%s\",\"1\"]],\"asks\":[[\"999999999999\",\"1\"]]}"
            .formatted(id, bid));
  }

  @Test
  void theWaitingQueueIsBoundedAndCountsWhatFellOut() {
    BookUnderTest.Fast book = new BookUnderTest.Fast();
    for (int id = 1; id <= 1500; id++) {
      book.apply(delta(id, "1." + id));
    }
    assertThat(book.book().takeDropped()).isEqualTo(500);
    book.apply(snapshot(1499, "1"));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.bids()).containsExactly("1.15 1", "1 1");
  }

  @Test
  void numbersThatFitNoCommonScaleAreUnreadableNotAWrongPrice() {
    BookUnderTest.Fast book = new BookUnderTest.Fast();
    book.apply(snapshot(1, "100"));
    book.apply(delta(2, "0.000000000000000001"));
    assertThat(book.status()).isEqualTo("unreadable");
    book.apply(snapshot(3, "101"));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.bids()).containsExactly("101 1");
  }
}
