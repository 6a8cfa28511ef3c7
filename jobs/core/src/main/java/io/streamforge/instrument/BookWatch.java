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
        public void before(OrderBook book, InstrumentSpec spec) {}

        @Override
        public void after(OrderBook book, BookUpdate update, Incident incident) {}
      };

  /**
   * The next message is about to be applied; a book that was silent for long has begun anew.
   *
   * @param spec what the instrument is
   */
  void before(OrderBook book, InstrumentSpec spec);

  /**
   * The message has been applied.
   *
   * @param incident why the book cannot be used; null where it can
   */
  void after(OrderBook book, BookUpdate update, Incident incident);
}
