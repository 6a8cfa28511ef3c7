package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The book that one feed of one writer's session sends, and whether it is whole: what each message
 * is to it, and which messages a snapshot may need.
 */
final class FollowedBook {
  private final HeldBook book;
  private final KeptUpdates kept;
  private final KeptOfOthers others;
  private final Trust trust = new Trust();
  private final RecoveryByNumbers byNumbers;
  private final RecoveryByTime byTime;

  private long session = BookUpdate.NO_SESSION;
  private int feed = OrderBook.NO_FEED;

  /** Whether the deltas are neither linked by numbers nor checked by sums. */
  private boolean unchecked;

  FollowedBook(BookLimits limits) {
    book = new HeldBook(limits.levels());
    kept = new KeptUpdates(limits);
    others = new KeptOfOthers(limits);
    byNumbers = new RecoveryByNumbers(book, kept, new Chain(kept), trust);
    byTime = new RecoveryByTime(book, kept, trust);
  }

  HeldBook held() {
    return book;
  }

  /** Of the session and the feed that the book follows. */
  KeptUpdates kept() {
    return kept;
  }

  KeptOfOthers others() {
    return others;
  }

  BookStatus status() {
    return trust.status();
  }

  /** {@link OrderBook#NO_FEED} before the first snapshot. */
  int feed() {
    return feed;
  }

  /** Keeps what a snapshot of another session or feed needs: its deltas, and what it has lost. */
  void keepForTakeOver(BookUpdate update) {
    if (update.kind() == BookUpdate.Kind.DELTA || update.isNotice()) {
      others.add(update);
    }
  }

  /**
   * Whether a whole book of another session, with the deltas that wait for it, is of before the
   * book: by the venue's time, else by its numbers, if a delta has confirmed the book's.
   */
  boolean isNewerThan(BookUpdate snapshot) {
    long newestUs = others.newestUs(snapshot);
    if (newestUs != HeldBook.NEVER) {
      return newestUs < book.venueUs();
    }
    Continuity continuity = book.continuity();
    boolean numbered =
        snapshot.sequence() != BookUpdate.NO_SEQUENCE && !continuity.isSnapshotNewest();
    return numbered && others.highestNumber(snapshot) < continuity.sequence();
  }

  /** Whether the venue's time or number says that a whole book is of after all that was lost. */
  boolean isLossSurelyBefore(BookUpdate snapshot) {
    boolean numbered = snapshot.sequence() != BookUpdate.NO_SEQUENCE;
    boolean placed = numbered && !others.areUnchecked(snapshot, unchecked);
    boolean after = snapshot.timed() ? trust.isWholeAt(snapshot.eventTimeUs()) : placed;
    return after && !isNewerThan(snapshot);
  }

  /** The book is begun anew by a snapshot of another feed, or of another session of its writer. */
  Outcome takeOver(BookUpdate snapshot) {
    boolean wasLive = trust.isLive();
    boolean first = feed == OrderBook.NO_FEED;
    if (!first && session != snapshot.session()) {
      others.forget(session);
    }
    session = snapshot.session();
    feed = snapshot.feed();
    book.changeOrigin();
    trust.changeOrigin(first);
    kept.clear();
    kept.beginWithoutBase();
    if (others.hasDeltasFor(snapshot)) {
      book.streams();
    }
    unchecked = others.areUnchecked(snapshot, unchecked);
    others.handOver(snapshot, kept, trust, unchecked);
    Outcome outcome =
        !unchecked && isUnsound(snapshot) ? Outcome.SNAPSHOT_UNSOUND : recover(snapshot);
    return wasLive && outcome == Outcome.SNAPSHOT_UNSOUND ? Outcome.GAP : outcome;
  }

  /** The feed has lost its connection. */
  Outcome disconnect(BookUpdate notice) {
    trust.lostAt(notice, book.venueUs());
    return die();
  }

  /** The log has lost records, of which some may have been the book's. */
  Outcome loseRecords(BookUpdate notice) {
    others.discarded().addOfAny(trust.lostAt(notice, book.venueUs()));
    return trust.lose(BookStatus.GAP, Outcome.LOST_RECORDS);
  }

  /** The session is dead: another one goes on. */
  Outcome die() {
    return trust.lose(BookStatus.GAP, Outcome.DISCONNECTED);
  }

  Outcome takeSnapshot(BookUpdate snapshot) {
    boolean besideStream = snapshot.kind() == BookUpdate.Kind.SNAPSHOT;
    if (!snapshot.isReadable()) {
      // A snapshot beside the stream takes nothing away from it.
      return besideStream ? Outcome.SNAPSHOT_UNREADABLE : loseMessage(snapshot);
    }
    if (!unchecked && isUnsound(snapshot)) {
      return Outcome.SNAPSHOT_UNSOUND;
    }
    return unchecked || !besideStream ? recover(snapshot) : noteCrossing(byNumbers.take(snapshot));
  }

  /**
   * Whether a whole book that its number or sum does not place in the stream is of before what was
   * lost. Asked before a delta has come: nothing tells then what kind of book it is.
   */
  private boolean isUnsound(BookUpdate whole) {
    boolean placed =
        whole.kind() == BookUpdate.Kind.RESTART
            && (whole.sequence() != BookUpdate.NO_SEQUENCE || whole.checksum() != null);
    return book.isWithoutDelta()
        && !placed
        && whole.timed()
        && !trust.isWholeAt(whole.eventTimeUs());
  }

  private Outcome recover(BookUpdate snapshot) {
    return noteCrossing(
        unchecked && snapshot.checksum() == null
            ? byTime.take(snapshot)
            : byNumbers.begin(snapshot));
  }

  Outcome takeDelta(BookUpdate delta) {
    unchecked = delta.isUnchecked();
    if (!delta.isReadable()) {
      return loseMessage(delta);
    }
    book.streams();
    if (!trust.isLive()) {
      return await(delta);
    }
    return switch (book.continuity().place(delta)) {
      case FOLLOWS -> change(delta);
      case CONFIRMS -> Outcome.CONFIRMED;
      case COVERED -> Outcome.COVERED;
      case OLDER -> noteCrossing(byTime.insert(delta));
      case HOLE -> {
        kept.add(delta);
        yield trust.lose(BookStatus.GAP, Outcome.GAP);
      }
      case ANEW -> {
        if (delta.checksum() != null) {
          yield change(delta); // the sum decides
        }
        kept.add(delta);
        trust.countsAnew();
        yield trust.lose(BookStatus.GAP, Outcome.COUNTS_ANEW);
      }
    };
  }

  private Outcome await(BookUpdate delta) {
    if (unchecked) {
      if (delta.timed()) {
        kept.addByOrder(delta);
      }
      return Outcome.WAITING;
    }
    if (delta.sequence() != BookUpdate.NO_SEQUENCE) {
      kept.add(delta);
    }
    if (!delta.isLinked()) {
      return Outcome.WAITING;
    }
    Continuity.Place place = book.continuity().place(delta);
    if (place == Continuity.Place.ANEW) {
      trust.countsAnew();
    }
    if (!trust.isBased() || place != Continuity.Place.FOLLOWS) {
      return Outcome.WAITING;
    }
    Outcome outcome = noteCrossing(byNumbers.settle());
    return outcome == Outcome.SNAPSHOT_UNSOUND ? Outcome.WAITING : outcome;
  }

  private Outcome change(BookUpdate delta) {
    if (!book.levels().change(delta)) {
      return loseMessage(delta);
    }
    if (delta.flawed() && !book.checksumHolds(delta)) {
      return trust.loseSum(delta);
    }
    book.applied(delta);
    if (!book.checksumHolds(delta)) {
      return trust.loseSum(delta);
    }
    noteCrossing(Outcome.APPLIED);
    if (unchecked) {
      kept.addApplied(delta);
    } else if (trust.isCrossed()) {
      kept.add(delta); // what it needs to be healed with, as long as it is crossed
    }
    return Outcome.APPLIED;
  }

  /** Notes since when a live book is crossed, or that it is no more. */
  private Outcome noteCrossing(Outcome outcome) {
    if (!outcome.applied()) {
      return outcome;
    }
    if (book.levels().areCrossed()) {
      trust.crossedSince(book.lastEventUs());
    } else if (trust.isCrossed()) {
      if (!unchecked) {
        kept.clear();
      }
      trust.uncrossed();
    }
    return outcome;
  }

  /** A message says something that could not be read, unless it is an old one. */
  Outcome loseMessage(BookUpdate update) {
    if (update.snapshot() && !trust.isLive()) {
      return Outcome.SNAPSHOT_UNREADABLE;
    }
    if (update.isLinked() && trust.isLive()) {
      Continuity.Place place = book.continuity().place(update);
      if (place == Continuity.Place.COVERED || place == Continuity.Place.CONFIRMS) {
        return Outcome.COVERED;
      }
    }
    trust.lostAt(update, book.venueUs());
    if (update.isLinked()) {
      kept.add(update); // a snapshot has to be newer than it
    }
    return trust.lose(BookStatus.UNREADABLE, Outcome.UNREADABLE);
  }

  void reset() {
    book.reset();
    kept.clear();
    kept.beginWithoutBase();
    others.reset();
    session = BookUpdate.NO_SESSION;
    feed = OrderBook.NO_FEED;
    trust.reset();
    unchecked = false;
  }

  /** Writes all but the sides, what is kept, the numbers and the depth. */
  void writeTo(DataOutput out) throws IOException {
    book.writeTo(out);
    out.writeLong(session);
    out.writeInt(feed);
    trust.writeTo(out);
    out.writeBoolean(unchecked);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    book.readFrom(in);
    session = in.readLong();
    feed = in.readInt();
    trust.readFrom(in);
    unchecked = in.readBoolean();
  }
}
