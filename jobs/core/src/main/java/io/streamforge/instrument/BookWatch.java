package io.streamforge.instrument;

import io.streamforge.book.OrderBook;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.InstrumentSpec;

/** Sees what each message does to a book, as soon as it is applied. */
public interface BookWatch {
  /** Looks at nothing. */
  BookWatch NONE =
      new BookWatch() {
        @Override
        public void before(OrderBook book, InstrumentSpec spec, boolean begins) {}

        @Override
        public void after(OrderBook book, BookUpdate update, Incident incident) {}
      };

  /**
   * The next message is about to be applied.
   *
   * @param spec what the instrument is
   * @param begins whether it is the first of the book, or the first after a silence in which the
   *     book may have been forgotten
   */
  void before(OrderBook book, InstrumentSpec spec, boolean begins);

  /**
   * The message has been applied.
   *
   * @param incident why the book cannot be used; null where it can
   */
  void after(OrderBook book, BookUpdate update, Incident incident);
}
