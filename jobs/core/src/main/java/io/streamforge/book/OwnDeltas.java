package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Of the messages that are kept, those of the feed and the session that the book follows. */
final class OwnDeltas {
  private static final long UNTIMED = Long.MIN_VALUE;

  private static final Comparator<BookUpdate> BY_TIME =
      Comparator.comparingLong(BookUpdate::eventTimeUs).thenComparingLong(BookUpdate::sequence);

  private final KeptUpdates kept;
  private long session = BookUpdate.NO_SESSION;
  private int feed = OrderBook.NO_FEED;

  OwnDeltas(KeptUpdates kept) {
    this.kept = kept;
  }

  long session() {
    return session;
  }

  int feed() {
    return feed;
  }

  /** Those of the snapshot's feed and session are the own ones from now on. */
  void follow(BookUpdate snapshot) {
    session = snapshot.session();
    feed = snapshot.feed();
  }

  private boolean isOwn(BookUpdate update) {
    return update.session() == session && update.feed() == feed;
  }

  boolean isEmpty() {
    return list().isEmpty();
  }

  /** In the order in which they are kept. */
  List<BookUpdate> list() {
    List<BookUpdate> own = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      if (isOwn(kept.get(i))) {
        own.add(kept.get(i));
      }
    }
    return own;
  }

  void removeAll() {
    kept.removeIf(this::isOwn);
  }

  void removeIf(Predicate<BookUpdate> gone) {
    kept.removeIf(update -> isOwn(update) && gone.test(update));
  }

  BookUpdate get(int place) {
    return kept.get(place);
  }

  /** The number to which they lead from a snapshot. */
  long endFrom(BookUpdate snapshot) {
    Continuity after = new Continuity();
    after.begin(snapshot);
    for (int i = next(after, 0); i >= 0; i = next(after, i)) {
      after.apply(kept.get(i));
    }
    return after.sequence();
  }

  /**
   * The place of the one that is the next after a number; −1 for none.
   *
   * @param from where to look first: most follow in log order
   */
  int next(Continuity at, int from) {
    for (int i = 0; i < kept.size(); i++) {
      int place = (from + i) % kept.size();
      BookUpdate delta = kept.get(place);
      boolean other = delta.sequence() != at.sequence();
      if (isOwn(delta) && delta.isReadable() && other && at.follows(delta)) {
        return place;
      }
    }
    return -1;
  }

  /** The newest by the venue's time, of several at a time the one of the highest number. */
  BookUpdate newest() {
    return list().stream().max(BY_TIME).orElse(null);
  }

  /**
   * The lowest number above that of the newest, of all that are older by the venue's time; {@link
   * Long#MAX_VALUE} if there is none.
   */
  long lowestAboveNewest() {
    BookUpdate newest = newest();
    long lowest = Long.MAX_VALUE;
    for (BookUpdate delta : list()) {
      if (timeOf(delta) != UNTIMED
          && timeOf(delta) < timeOf(newest)
          && delta.sequence() > newest.sequence()) {
        lowest = Math.min(lowest, delta.sequence());
      }
    }
    return lowest;
  }

  private static long timeOf(BookUpdate delta) {
    return delta.timed() ? delta.eventTimeUs() : UNTIMED;
  }

  /**
   * Takes away those of which the venue's time says that another one, of a lower number, is newer,
   * unless one goes on from them: their numbers are absurd, or of a count that is over.
   */
  void removeOvertaken() {
    List<BookUpdate> byNumber = list();
    byNumber.sort(Comparator.comparingLong(BookUpdate::sequence));
    Set<Long> goneOnFrom = new HashSet<>();
    byNumber.forEach(delta -> goneOnFrom.add(delta.previousSequence()));
    Set<BookUpdate> overtaken = Collections.newSetFromMap(new IdentityHashMap<>());
    long newestBelow = UNTIMED; // of lower numbers
    long newest = UNTIMED; // of these and of the present one
    for (int i = 0; i < byNumber.size(); i++) {
      BookUpdate delta = byNumber.get(i);
      if (i > 0 && delta.sequence() != byNumber.get(i - 1).sequence()) {
        newestBelow = newest;
      }
      if (delta.timed() && timeOf(delta) < newestBelow && !goneOnFrom.contains(delta.sequence())) {
        overtaken.add(delta);
      }
      newest = Math.max(newest, timeOf(delta));
    }
    if (!overtaken.isEmpty()) {
      kept.removeIf(overtaken::contains);
    }
  }

  void reset() {
    session = BookUpdate.NO_SESSION;
    feed = OrderBook.NO_FEED;
  }

  /** Writes whose they are. */
  void writeTo(DataOutput out) throws IOException {
    out.writeLong(session);
    out.writeInt(feed);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    session = in.readLong();
    feed = in.readInt();
  }
}
