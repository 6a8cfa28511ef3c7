package io.streamforge.loader.feed;

import static io.streamforge.market.BookUpdate.NO_SEQUENCE;

import io.streamforge.loader.out.RawSink;
import io.streamforge.market.BookUpdate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A book of a venue whose changes name the one before. Of copies from several connections the first
 * that goes on is written, and one fills the holes of another. While a whole book is asked for,
 * changes are held back, so that the answer stands where it belongs by its number: a snapshot that
 * is behind a live book says nothing to whoever follows.
 */
final class LinkedBook extends BookStream {
  private record Held(BookUpdate update, byte[] text, long timeUs) {}

  /** Tells when a venue counts anew: several messages in a row are behind one of before. */
  private static final class LineNumbers {
    private static final int SEVERAL = 3;

    private long newest = NO_SEQUENCE;
    private int behind;

    boolean fallBack(long number) {
      if (newest == NO_SEQUENCE || number >= newest) {
        newest = number;
        behind = 0;
      } else {
        behind++;
      }
      return behind >= SEVERAL;
    }
  }

  private static final Comparator<Held> BY_NUMBER =
      Comparator.comparingLong(held -> held.update.previousSequence());

  /** Changes since a whole book was asked for; null while none is. */
  private Queue<Held> held;

  /** Changes behind a hole that another connection may fill. */
  private final PriorityQueue<Held> ahead = new PriorityQueue<>(BY_NUMBER);

  /** Of what was written or is held of the stream. */
  private long newest = NO_SEQUENCE;

  /** What the session's first change follows. */
  private long firstPrevious = NO_SEQUENCE;

  /** What each connection's numbers do. */
  private final Map<Line, LineNumbers> ofLines = new HashMap<>();

  private final BookHoles holes;

  /** Is told of holes. */
  interface BookHoles {
    void hole(String symbol);

    void written(Line line);
  }

  LinkedBook(String symbol, RawSink sink, SessionNames names, BookCare care, BookHoles holes) {
    super(symbol, sink, names, care);
    this.holes = holes;
  }

  @Override
  void message(Line line, BookUpdate update, byte[] text, long timeUs) {
    boolean alone = !care.hasOther(line, this);
    if (ofLines.computeIfAbsent(line, each -> new LineNumbers()).fallBack(update.sequence())) {
      forget(timeUs); // what is newer no longer shows in the numbers
      ofLines.put(line, new LineNumbers());
    }
    if (!hasSession()) {
      newSession();
      firstPrevious = update.previousSequence();
      care.wantBook(this, "start");
    }
    Held message = new Held(update, text, timeUs);
    if (alone && !ahead.isEmpty()) {
      giveUpHole();
    }
    if (newest == NO_SEQUENCE || update.snapshot() || update.previousSequence() <= newest) {
      if (newest == NO_SEQUENCE || update.snapshot() || update.sequence() > newest) {
        holes.written(line);
        take(message);
        takeAhead();
      } else if (alone) { // what it means that it is behind is for the reader to say
        write(update, text, timeUs);
      } // else another connection was first
    } else if (!alone) {
      if (ahead.isEmpty()) {
        care.soon(this::giveUpHole);
      }
      ahead.add(message);
    } else {
      hole();
      take(message);
    }
  }

  private void take(Held message) {
    newest = message.update.sequence();
    if (held != null) {
      held.add(message);
    } else {
      write(message.update, message.text, message.timeUs);
    }
  }

  private void takeAhead() {
    while (!ahead.isEmpty() && ahead.peek().update.previousSequence() <= newest) {
      Held next = ahead.poll();
      if (next.update.sequence() > newest) {
        take(next);
      }
    }
  }

  private void giveUpHole() {
    if (!ahead.isEmpty()) {
      hole();
      newest = Math.max(newest, ahead.peek().update.previousSequence());
      takeAhead();
      giveUpHole(); // there may be another
    }
  }

  private void hole() {
    holes.hole(symbol);
    care.wantBook(this, "gap");
  }

  /** A whole book is asked for now. */
  void hold(long timeUs) {
    if (held == null && hasSession()) {
      held = new ArrayDeque<>();
      holdSince(timeUs);
    }
  }

  /** No answer has come in time, or none that is of use. */
  void release() {
    if (held != null) {
      writeHeld(Long.MAX_VALUE);
      held = null;
      releaseHold();
    }
  }

  private void writeHeld(long upTo) {
    while (held != null && !held.isEmpty() && held.peek().update.sequence() <= upTo) {
      Held next = held.poll();
      write(next.update, next.text, next.timeUs);
    }
  }

  /**
   * The answer to a request.
   *
   * @return why it is of no use; null if it was written
   */
  String answer(BookUpdate whole, byte[] text, long timeUs) {
    if (!hasSession()) {
      return "the connection has ended";
    }
    Held first = held == null ? null : held.peek();
    if (whole.sequence() < firstPrevious
        || (first != null && first.update.previousSequence() > whole.sequence())) {
      return "it is older than the stream";
    }
    if (first == null && begun() && whole.sequence() < newest) {
      return "it came too late";
    }
    writeHeld(whole.sequence()); // the answer counts from where it belongs
    write(whole, text, timeUs);
    release();
    return null;
  }

  @Override
  void lineDown(Line line, long timeUs) {
    ofLines.remove(line);
    if (hasSession() && !care.hasOther(line, this)) {
      forget(timeUs);
    }
  }

  /** Any connection's are, once its subscription holds. */
  @Override
  boolean isWrittenBy(Line line) {
    return true;
  }

  @Override
  void lost(long timeUs) {
    if (hasSession()) {
      forget(timeUs);
    }
  }

  private void forget(long timeUs) {
    release();
    ahead.clear();
    ofLines.clear();
    newest = NO_SEQUENCE;
    end(timeUs);
  }

  @Override
  void resync(String reason) {
    care.wantBook(this, reason);
  }
}
