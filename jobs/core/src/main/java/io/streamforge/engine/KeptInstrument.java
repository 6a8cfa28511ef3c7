package io.streamforge.engine;

import io.streamforge.book.OrderBook;
import io.streamforge.instrument.InstrumentState;
import io.streamforge.market.BookUpdate;
import java.io.IOException;

/** An instrument where its {@link InstrumentHome} keeps it. */
public interface KeptInstrument {

  /** What a message does to a book. One object serves all messages, so that none allocates one. */
  @FunctionalInterface
  interface BookChange {
    /** The book is in memory, and is stored again after this call. */
    void apply(InstrumentState state, OrderBook book, BookUpdate update) throws IOException;
  }

  /** What is read off a book. */
  @FunctionalInterface
  interface BookReader {
    /** The book is in memory. */
    void read(InstrumentState state, OrderBook book) throws IOException;
  }

  /** To look at: a change to it may be lost. */
  InstrumentState state();

  /** To change: its home stores it again. */
  InstrumentState stateToChange();

  /**
   * Changes the book, and with it the state: both are stored again.
   *
   * @throws IOException if the store fails
   */
  void changeBook(BookUpdate update, BookChange change) throws IOException;

  /**
   * Reads the book; the state is stored again.
   *
   * @throws IOException if the store fails
   */
  void readBook(BookReader reader) throws IOException;
}
