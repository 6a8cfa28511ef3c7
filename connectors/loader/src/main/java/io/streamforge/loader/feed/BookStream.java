package io.streamforge.loader.feed;

import io.streamforge.loader.out.Flow;
import io.streamforge.loader.out.RawSink;
import io.streamforge.market.BookUpdate;

/**
 * One book on its way to Kafka: one session at a time, of what one or several connections bring.
 * For the feed's thread.
 */
abstract class BookStream {
  final String symbol;
  final BookCare care;
  private final RawSink sink;
  private final SessionNames names;
  private Flow flow;
  private String session;
  private boolean begun;

  BookStream(String symbol, RawSink sink, SessionNames names, BookCare care) {
    this.symbol = symbol;
    this.sink = sink;
    this.names = names;
    this.care = care;
  }

  /** To be called once, before the first message. */
  void writeTo(Flow named) {
    flow = named;
  }

  /** A message of the book's, from a connection that is open. */
  abstract void message(Line line, BookUpdate update, byte[] text, long timeUs);

  /** A connection has ended. */
  abstract void lineDown(Line line, long timeUs);

  /** Messages were lost between here and Kafka. */
  abstract void lost(long timeUs);

  /** The venue lists its symbol no more. */
  abstract void delisted(long timeUs);

  /** Somebody who reads the topic cannot trust the book. */
  abstract void resync(String reason);

  /** Whether a connection's messages are written, so that others may end. */
  abstract boolean isWrittenBy(Line line);

  /** Whether a whole book has been written in this session. */
  final boolean begun() {
    return begun;
  }

  final boolean hasSession() {
    return session != null;
  }

  /** The session's name; null for none. */
  final String session() {
    return session;
  }

  final void newSession() {
    session = names.next();
    begun = false;
  }

  final void write(BookUpdate update, byte[] text, long timeUs) {
    sink.message(flow, session, text, timeUs);
    begun |= update.snapshot();
  }

  /** Says that the session's messages may be missing; the next message needs a new session. */
  final void end(long timeUs) {
    if (session != null) {
      sink.disconnected(flow, session, timeUs);
      session = null;
      begun = false;
    }
  }

  final void holdSince(long timeUs) {
    sink.hold(flow, timeUs);
  }

  final void releaseHold() {
    sink.release(flow);
  }
}
