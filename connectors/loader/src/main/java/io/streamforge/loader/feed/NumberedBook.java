package io.streamforge.loader.feed;

import static io.streamforge.market.BookUpdate.NO_SEQUENCE;

import io.streamforge.loader.out.RawSink;
import io.streamforge.market.BookUpdate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A book of a venue whose messages have numbers, the same on every connection. Of copies from
 * several connections the first that goes on is written, and one fills the holes of another. While
 * a whole book is asked for, changes are held back, so that the answer stands where it belongs by
 * its number: a snapshot that is behind a live book says nothing to whoever follows.
 */
final class NumberedBook extends BookStream {
  private static final Comparator<ReceivedBook> BY_NUMBER =
      Comparator.comparingLong(message -> message.update().previousSequence());

  /** So many answers in a row that are of no use show that it is the stream that is wrong. */
  private static final int REFUSALS = 5;

  private final BookHold hold = new BookHold();

  /** Changes behind a hole that another connection may fill. */
  private final PriorityQueue<ReceivedBook> ahead = new PriorityQueue<>(BY_NUMBER);

  /** What was written of messages that do not name the one before them. */
  private final RecentIds copies = new RecentIds();

  private final Map<Line, LineNumbers> ofLines = new HashMap<>();
  private final BookHoles holes;

  /** How far the connections' messages fall behind what was written. */
  private final BehindStream behind = new BehindStream();

  /** Of what was written or is held of the stream. */
  private long newest = NO_SEQUENCE;

  /** Whether {@link #newest} is that of an answer, which the next change may contain. */
  private boolean newestOfAnswer;

  /** The oldest number that a whole book may have for the session's changes to go on from it. */
  private long oldest = NO_SEQUENCE;

  /** Whether a whole book is of use: a message is missing, or somebody has asked. */
  private boolean wanted;

  /** Whether the messages name the one before them, so that a hole shows. */
  private boolean linked = true;

  /** Answers in a row that were older than the stream. */
  private int refused;

  /** Is told of holes. */
  interface BookHoles {
    void hole(String symbol);

    void written(Line line);
  }

  NumberedBook(String symbol, RawSink sink, SessionNames names, BookCare care, BookHoles holes) {
    super(symbol, sink, names, care);
    this.holes = holes;
  }

  @Override
  void message(Line line, BookUpdate update, byte[] text, long timeUs) {
    boolean alone = !care.hasOther(line, this);
    ReceivedBook message = new ReceivedBook(update, text, timeUs);
    boolean anew =
        ofLines.computeIfAbsent(line, each -> new LineNumbers(timeUs)).isAnew(update, timeUs);
    if ((anew && !(alone && update.snapshot())) || behind.isAnew(update, newest, timeUs)) {
      forget(timeUs); // what is newer no longer shows in the numbers
    }
    if (!hasSession()) {
      begin(update);
    }
    if (alone) {
      giveUpHole();
      takeOfOnly(message);
    } else if (takeOfSeveral(message)) {
      holes.written(line);
      takeAhead();
    }
  }

  /** Nothing has come though the subscription holds: the book may not change for long. */
  void quiet() {
    if (!hasSession()) {
      newSession();
      oldest = NO_SEQUENCE;
      care.wantBook(this, "start");
    }
  }

  private void begin(BookUpdate first) {
    newSession();
    oldest = first.isLinked() ? first.previousSequence() : first.sequence();
    if (!first.snapshot()) {
      care.wantBook(this, "start");
    }
  }

  private void takeOfOnly(ReceivedBook message) {
    BookUpdate update = message.update();
    boolean whole = update.snapshot();
    copies.add(copy(message));
    if (!whole && newest != NO_SEQUENCE && update.previousSequence() > newest) {
      hole();
    }
    if (whole || newest == NO_SEQUENCE || goesOn(update) || update.sequence() > newest) {
      take(message);
    } else { // what it means that it is behind is for the reader to say
      write(update, message.text(), message.timeUs());
    }
  }

  /** Returns whether it is written, and so the first of its copies. */
  private boolean takeOfSeveral(ReceivedBook message) {
    BookUpdate update = message.update();
    boolean isNews =
        update.snapshot()
            ? !begun() || wanted || update.sequence() > newest
            : update.isLinked() ? goesOn(update) : copies.add(copy(message));
    if (isNews) {
      take(message);
    } else if (!update.snapshot()
        && update.previousSequence() > newest
        && update.sequence() > newest) {
      if (ahead.isEmpty()) {
        care.soon(this::giveUpHole);
      }
      ahead.add(message);
    } // else another connection was first
    return isNews;
  }

  private boolean goesOn(BookUpdate update) {
    return newest == NO_SEQUENCE
        || update.previousSequence() == newest
        || (update.previousSequence() < newest
            && update.sequence() > newest
            && (update.overlapping() || newestOfAnswer));
  }

  private static long copy(ReceivedBook message) {
    return message.update().sequence() * 31 + Arrays.hashCode(message.text());
  }

  private void take(ReceivedBook message) {
    newest = message.update().isLinked() ? message.update().sequence() : newestOf(message.update());
    newestOfAnswer = false;
    wanted &= !message.update().snapshot();
    linked &= message.update().isLinked() || message.update().snapshot();
    behind.goesOn(message);
    if (hold.isOn()) {
      hold.add(message);
    } else {
      write(message);
    }
  }

  private long newestOf(BookUpdate update) {
    return update.snapshot() ? update.sequence() : Math.max(newest, update.sequence());
  }

  private void write(ReceivedBook message) {
    write(message.update(), message.text(), message.timeUs());
  }

  private void takeAhead() {
    while (!ahead.isEmpty() && ahead.peek().update().previousSequence() <= newest) {
      ReceivedBook next = ahead.poll();
      if (goesOn(next.update())) {
        take(next);
      }
    }
  }

  private void giveUpHole() {
    while (!ahead.isEmpty()) {
      hole();
      newest = Math.max(newest, ahead.peek().update().previousSequence());
      takeAhead();
    }
  }

  private void hole() {
    wanted = true;
    holes.hole(symbol);
    care.wantBook(this, "gap");
  }

  /** A whole book is asked for now. */
  void hold(long timeUs) {
    if (!hold.isOn() && hasSession()) {
      hold.begin();
      holdSince(timeUs);
    }
  }

  /** No answer has come in time, or none that is of use. */
  void release() {
    if (hold.isOn()) {
      hold.release(Long.MAX_VALUE, this::write);
      hold.end();
      releaseHold();
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
    ReceivedBook first = hold.first();
    if (whole.sequence() < oldest
        || (first != null && first.update().previousSequence() > whole.sequence())) {
      if (++refused >= REFUSALS) {
        forget(timeUs); // a number of the stream was absurd
      }
      return "it is older than the stream";
    }
    if (first == null && begun() && !wanted && whole.sequence() < newest) {
      return "it came too late";
    }
    hold.release(whole.sequence(), this::write); // the answer counts from where it belongs
    write(whole, text, timeUs);
    wanted = false;
    refused = 0;
    if (newest == NO_SEQUENCE) {
      newest = whole.sequence();
      newestOfAnswer = true;
      behind.begins(timeUs);
    }
    release();
    return null;
  }

  @Override
  void lineDown(Line line, long timeUs) {
    LineNumbers ended = ofLines.remove(line);
    if (hasSession() && !(care.hasOther(line, this) && isContinued(ended))) {
      forget(timeUs);
    }
  }

  /** Where messages are not linked, what the others bring shows no hole. */
  private boolean isContinued(LineNumbers ended) {
    return linked
        || ended == null
        || ofLines.values().stream().anyMatch(other -> other.overlaps(ended));
  }

  /** Any connection's are, once its subscription holds. */
  @Override
  boolean isWrittenBy(Line line) {
    return true;
  }

  @Override
  void delisted(long timeUs) {
    lost(timeUs);
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
    wanted = false;
    refused = 0;
    behind.reset();
    end(timeUs);
  }

  @Override
  void resync(String reason) {
    wanted = true;
    care.wantBook(this, reason);
  }
}
