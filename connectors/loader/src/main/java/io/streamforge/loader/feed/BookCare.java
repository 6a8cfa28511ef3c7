package io.streamforge.loader.feed;

import io.streamforge.loader.net.Network.Answer;
import java.util.function.Consumer;

/** What a book asks of those who keep its connections. */
interface BookCare {
  /** Asks the venue for a whole book, by the cheapest sound way. */
  void wantBook(BookStream book, String reason);

  /**
   * Sends a request on a connection that brings the book.
   *
   * @param id by which the answer names it
   */
  void ask(BookStream book, long id, String text, Consumer<Answer> then);

  /** Ends the subscription on an open connection and makes it again, for a snapshot. */
  void resubscribe(BookStream book, Line line, String reason);

  /** Whether another connection than this brings the book, too. */
  boolean hasOther(Line line, BookStream book);

  /** Calls back within a moment, in which another connection may bring what is missing. */
  void soon(Runnable then);
}
