package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.util.List;

/**
 * Brings a book back whose messages nothing links: a whole book is placed by the venue's time or
 * order, and the kept deltas of after it are applied on top. A live book is compared with it.
 */
final class RecoveryByTime {
  private final HeldBook book;
  private final KeptUpdates kept;
  private final Trust trust;

  RecoveryByTime(HeldBook book, KeptUpdates kept, Trust trust) {
    this.book = book;
    this.kept = kept;
    this.trust = trust;
  }

  /** A whole book of the feed that the book follows. */
  Outcome take(BookUpdate snapshot) {
    long order = KeptUpdates.order(snapshot);
    if (snapshot.timed() && !(trust.isWholeAt(snapshot.eventTimeUs()) && reachesBackTo(order))) {
      return trust.isLive() && !trust.isCrossed()
          ? Outcome.SNAPSHOT_IGNORED
          : Outcome.SNAPSHOT_UNSOUND;
    }
    LevelsCopy before = comparable();
    book.begin(snapshot);
    trust.begin();
    kept.begin(order);
    if (!snapshot.timed()) {
      kept.clear(); // it stands after all that is here
    }
    // Of messages of the very same number the book may lack one; of the same time it has them.
    boolean numbered = snapshot.sequence() != BookUpdate.NO_SEQUENCE;
    long held = numbered ? order - 1 : order;
    kept.removeIf(delta -> KeptUpdates.order(delta) <= held);
    for (BookUpdate delta : kept.all()) {
      if (!book.levels().change(delta)) {
        return loseNumbers(delta);
      }
      book.placed(delta);
    }
    trust.gain();
    return before == null || before.sameAs(book.levels().copy())
        ? Outcome.SNAPSHOT_APPLIED
        : Outcome.DRIFT;
  }

  /** Whether all that came since something of this order is kept, or in the book. */
  private boolean reachesBackTo(long order) {
    if (!kept.isWithoutBase()) {
      return kept.reachBackTo(order);
    }
    List<BookUpdate> deltas = kept.all(); // what came before the first is not known
    return deltas.isEmpty() || KeptUpdates.order(deltas.get(0)) <= order;
  }

  /** The levels to compare a snapshot with; null where they are not trusted. */
  private LevelsCopy comparable() {
    return trust.isLive() && !book.levels().areCrossed() ? book.levels().copy() : null;
  }

  /** Applies a delta that is older than others: what they say of its levels stands. */
  Outcome insert(BookUpdate delta) {
    if (!kept.reachBackTo(delta.sequence())) {
      return Outcome.COVERED; // what came after it is not known any more
    }
    if (!book.levels().changeBefore(delta, kept.after(delta.sequence()))) {
      return loseNumbers(delta);
    }
    book.placed(delta);
    kept.addApplied(delta);
    return Outcome.APPLIED;
  }

  /** Numbers of a kept delta do not fit the book's others. */
  private Outcome loseNumbers(BookUpdate delta) {
    trust.lostAt(delta, book.venueUs());
    return trust.lose(BookStatus.UNREADABLE, Outcome.UNREADABLE);
  }
}
