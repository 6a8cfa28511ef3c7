package io.streamforge.book;

import io.streamforge.testkit.Updates;

/** Books of the messages that a test writes. */
public final class Books {
  /** Limits that no test comes near but those about them. */
  public static final BookLimits LIMITS = new BookLimits(100_000, 1000, 60_000_000);

  private Books() {}

  /** A book that has taken these messages. */
  public static OrderBook of(Updates... messages) {
    OrderBook book = new OrderBook(LIMITS);
    for (Updates message : messages) {
      book.apply(message.build());
    }
    return book;
  }
}
