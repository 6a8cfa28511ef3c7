package io.streamforge.engine;

import io.streamforge.book.BookAsOf;
import io.streamforge.book.BookStatus;
import io.streamforge.book.OrderBook;
import io.streamforge.instrument.BookWatch;
import io.streamforge.instrument.Incident;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.Touch;

/** Tells a tape what a message has changed of a book's touch, and of the trust in it. */
final class WatchedTouch implements BookWatch {
  private final MarketTape tape;
  private InstrumentSpec spec;

  // The book before the message.

  /** Null of a book that begins. */
  private BookStatus status;

  private boolean proven;
  private Touch touch;

  WatchedTouch(MarketTape tape) {
    this.tape = tape;
  }

  @Override
  public void before(OrderBook book, InstrumentSpec ofInstrument, boolean begins) {
    spec = ofInstrument;
    status = begins ? null : BookAsOf.statusOf(book);
    if (status == BookStatus.LIVE) {
      proven = BookAsOf.isTouchProven(book, spec);
      touch = book.touch();
    }
  }

  @Override
  public void after(OrderBook book, BookUpdate update, Incident incident) {
    BookStatus now = BookAsOf.statusOf(book);
    if (now != status) {
      String reason = incident == null ? null : incident.reason().text();
      tape.trust(update, book.sequence(), now, reason);
    }
    if (now == BookStatus.LIVE) {
      boolean nowProven = BookAsOf.isTouchProven(book, spec);
      Touch nowTouch = book.touch();
      if (status != BookStatus.LIVE || nowProven != proven || !nowTouch.isSameAs(touch)) {
        tape.touch(update, book.sequence(), nowTouch, nowProven);
      }
    }
  }
}
