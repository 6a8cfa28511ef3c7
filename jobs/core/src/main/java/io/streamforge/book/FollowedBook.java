package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The book that one feed of one writer's session sends, and whether it is whole: the levels, where
 * they stand in the venue's numbers, and the deltas that a snapshot may need.
 */
final class FollowedBook {
  private static final long NEVER = Long.MIN_VALUE;

  /** Where nothing is numbered, snapshots that are at most so old are compared with the book. */
  private static final long CHECKED_US = 5_000_000;

  private final BookLevels levels;
  private final KeptUpdates kept;
  private final Continuity continuity = new Continuity();
  private final FeedDepth depth = new FeedDepth();

  private BookStatus status = BookStatus.AWAITING_SNAPSHOT;
  private long lastEventUs;
  private long session = BookUpdate.NO_SESSION;
  private int feed = OrderBook.NO_FEED;

  /** Whether the venue has been seen to count anew, so that lower numbers are newer. */
  private boolean anew;

  /** Whether the deltas are neither linked by numbers nor checked by sums. */
  private boolean unchecked;

  /** Whether the book is a snapshot's from beside the stream, of which no delta has come. */
  private boolean snapshotAlone;

  /** Of a book that is not live: whether its levels are a snapshot's, and newer deltas may link. */
  private boolean based;

  /** When the newest message was lost. */
  private long lostUs = NEVER;

  /** When the first of the messages came since which the book is crossed. */
  private long crossedUs = NEVER;

  FollowedBook(BookLimits limits) {
    levels = new BookLevels(limits.levels());
    kept = new KeptUpdates(limits);
  }

  BookStatus status() {
    return status;
  }

  long lastEventUs() {
    return lastEventUs;
  }

  BookLevels levels() {
    return levels;
  }

  KeptUpdates kept() {
    return kept;
  }

  Continuity continuity() {
    return continuity;
  }

  FeedDepth depth() {
    return depth;
  }

  int feed() {
    return feed;
  }

  boolean isSnapshotAlone() {
    return snapshotAlone;
  }

  /** Keeps what a snapshot of another session or feed needs: its deltas, and what it has lost. */
  void keepForTakeOver(BookUpdate update) {
    if (update.kind() == BookUpdate.Kind.DELTA) {
      unchecked = isUnchecked(update);
    }
    if (update.kind() == BookUpdate.Kind.DELTA && unchecked) {
      kept.addByOrder(update);
    } else if (update.kind() == BookUpdate.Kind.DELTA || update.isNotice()) {
      kept.add(update);
    }
  }

  /** Whether deltas of a feed wait for its snapshot. */
  boolean keepsDeltasOf(int ofFeed) {
    boolean keeps = false;
    for (int i = 0; i < kept.size(); i++) {
      BookUpdate update = kept.get(i);
      boolean delta = update.kind() == BookUpdate.Kind.DELTA && isReadable(update);
      keeps |= delta && update.feed() == ofFeed;
    }
    return keeps;
  }

  /** The book is begun anew by a snapshot of another feed, or of another session of its writer. */
  Outcome takeOver(BookUpdate snapshot) {
    boolean wasLive = status == BookStatus.LIVE;
    boolean first = feed == OrderBook.NO_FEED;
    long former = session;
    continuity.reset();
    status = wasLive ? BookStatus.GAP : status;
    session = snapshot.session();
    feed = snapshot.feed();
    crossedUs = NEVER;
    if (!first && former != session) {
      kept.removeIf(update -> update.session() == former);
    }
    lostUs = first ? lostUs : NEVER;
    for (int i = 0; i < kept.size(); i++) {
      BookUpdate update = kept.get(i);
      boolean lost = update.isNotice() || (update.feed() == feed && !isReadable(update));
      if (lost && update.session() == session) {
        lostUs = Math.max(lostUs, update.eventTimeUs());
      }
    }
    kept.removeIf(BookUpdate::isNotice);
    kept.begin(NEVER);
    Outcome outcome = place(snapshot);
    return wasLive && outcome == Outcome.SNAPSHOT_UNSOUND ? Outcome.GAP : outcome;
  }

  /** The feed has lost its connection. */
  Outcome disconnect(BookUpdate notice) {
    lostAt(notice);
    return lose(BookStatus.GAP, Outcome.DISCONNECTED);
  }

  /** The session is dead: another one goes on. */
  Outcome die() {
    return lose(BookStatus.GAP, Outcome.DISCONNECTED);
  }

  private Outcome place(BookUpdate snapshot) {
    if (unchecked && snapshot.checksum() == null) {
      return snapshot.timed() ? placeByTime(snapshot) : replace(snapshot);
    }
    return begin(snapshot);
  }

  /** Whether every level of it was read, or a checksum can tell that those were enough. */
  static boolean isReadable(BookUpdate update) {
    return !update.flawed() || update.checksum() != null;
  }

  Outcome takeSnapshot(BookUpdate snapshot) {
    if (!isReadable(snapshot)) {
      // A snapshot beside the stream takes nothing away from it.
      return snapshot.kind() == BookUpdate.Kind.SNAPSHOT
          ? Outcome.SNAPSHOT_UNREADABLE
          : loseMessage(snapshot);
    }
    if (!unchecked && snapshot.kind() == BookUpdate.Kind.SNAPSHOT) {
      boolean older = snapshot.sequence() < continuity.sequence();
      boolean live = status == BookStatus.LIVE;
      if (live && !levels.areCrossed() && (older || continuity.isOfOldCount(snapshot))) {
        return Outcome.SNAPSHOT_IGNORED;
      }
      if (live ? !linksToNewest(snapshot) : older && !anew && !linksToNewestKept(snapshot)) {
        return Outcome.SNAPSHOT_UNSOUND;
      }
    }
    return place(snapshot);
  }

  /**
   * Whether the deltas that are kept lead from the snapshot to the newest message without a hole.
   */
  private boolean linksToNewest(BookUpdate snapshot) {
    if (snapshot.sequence() >= continuity.sequence()) {
      return true;
    }
    return chainFrom(snapshot) == continuity.sequence();
  }

  /**
   * Whether they lead to the newest that came, of a book whose own number may be of an old count.
   */
  private boolean linksToNewestKept(BookUpdate snapshot) {
    BookUpdate newest = kept.newest(this::isOurs);
    return newest != null
        && newest.eventTimeUs() > continuity.appliedUs()
        && chainFrom(snapshot) == newest.sequence();
  }

  /** The number to which the kept deltas lead from a snapshot. */
  private long chainFrom(BookUpdate snapshot) {
    Continuity after = new Continuity();
    after.begin(snapshot);
    for (int i = nextOf(after, 0); i >= 0; i = nextOf(after, i)) {
      after.apply(kept.get(i));
    }
    return after.sequence();
  }

  /**
   * The place of the kept delta that is the next after a number; −1 for none.
   *
   * @param from where to look first: most follow in log order
   */
  private int nextOf(Continuity at, int from) {
    for (int i = 0; i < kept.size(); i++) {
      int place = (from + i) % kept.size();
      BookUpdate delta = kept.get(place);
      boolean newer = delta.sequence() != at.sequence();
      if (isOurs(delta) && isReadable(delta) && newer && at.follows(delta)) {
        return place;
      }
    }
    return -1;
  }

  private boolean isOurs(BookUpdate delta) {
    return delta.session() == session && delta.feed() == feed;
  }

  /** The book is the snapshot's, with the deltas that link to it. */
  private Outcome begin(BookUpdate snapshot) {
    startFrom(snapshot);
    if (snapshot.kind() == BookUpdate.Kind.RESTART) {
      kept.removeIf(this::isOurs); // what waits came before it in the stream
    }
    if (!levels.checksumHolds(snapshot)) {
      return loseSum(snapshot);
    }
    return settle();
  }

  private void startFrom(BookUpdate snapshot) {
    int held = depth.held(snapshot);
    levels.replace(snapshot, held, depth.known(snapshot, held));
    continuity.begin(snapshot);
    kept.begin(KeptUpdates.order(snapshot));
    lastEventUs = snapshot.eventTimeUs();
    crossedUs = NEVER;
    based = true;
    anew = false;
    snapshotAlone = snapshot.kind() == BookUpdate.Kind.SNAPSHOT;
  }

  /**
   * Applies the kept deltas that link to the book. It is live if they lead to the newest message;
   * one that does not link is disregarded where the venue's time says that others came after it.
   */
  private Outcome settle() {
    BookUpdate newest = kept.newest(this::isOurs);
    long fallenFrom = newest == null ? Long.MAX_VALUE : kept.lowestOlderAbove(newest);
    List<BookUpdate> all = kept.copy();
    kept.removeOvertaken(session, feed);
    for (int i = nextOf(continuity, 0); i >= 0; i = nextOf(continuity, i)) {
      BookUpdate delta = kept.get(i);
      if (!levels.change(delta)) {
        break; // it stays, and the book lacks it
      }
      continuity.apply(delta);
      lastEventUs = delta.eventTimeUs();
      if (!levels.checksumHolds(delta)) {
        return loseSum(delta);
      }
    }
    if (fallenFrom <= continuity.sequence()) {
      // The newest has a lower number than an older one: what the book is of is over.
      kept.restore(all);
      anew = true;
      based = false;
      return unsettled();
    }
    kept.removeIf(delta -> isOurs(delta) && !isMissing(delta));
    boolean whole = true;
    for (int i = 0; i < kept.size(); i++) {
      whole &= !isOurs(kept.get(i));
    }
    if (whole) {
      status = BookStatus.LIVE;
      lostUs = NEVER;
      noteCrossing(null);
      return Outcome.SNAPSHOT_APPLIED;
    }
    return unsettled();
  }

  private Outcome unsettled() {
    if (status == BookStatus.LIVE || status == BookStatus.AWAITING_SNAPSHOT) {
      status = BookStatus.GAP;
      return Outcome.GAP;
    }
    return Outcome.SNAPSHOT_UNSOUND;
  }

  /** Whether a kept delta is newer than the book, by its number or its time, and does not link. */
  private boolean isMissing(BookUpdate delta) {
    if (delta.sequence() > continuity.sequence()) {
      return !delta.timed() || delta.eventTimeUs() >= continuity.appliedUs();
    }
    return delta.sequence() < continuity.sequence() && continuity.isOfNewCount(delta);
  }

  /** The book is the snapshot's, which stands after all that is here. */
  private Outcome replace(BookUpdate snapshot) {
    LevelsCopy before = comparable();
    startFrom(snapshot);
    kept.removeIf(this::isOurs);
    return nowLive(before);
  }

  /** The book is the snapshot's, with the deltas that are newer by the venue's time. */
  private Outcome placeByTime(BookUpdate snapshot) {
    long order = KeptUpdates.order(snapshot);
    boolean live = status == BookStatus.LIVE;
    if (order < lostUs || order < crossedUs || !reachesBackTo(order)) {
      return live && crossedUs == NEVER ? Outcome.SNAPSHOT_IGNORED : Outcome.SNAPSHOT_UNSOUND;
    }
    LevelsCopy before = comparable();
    startFrom(snapshot);
    // Of messages of the very same number the book may lack one; of the same time it has them.
    boolean numbered = snapshot.sequence() != BookUpdate.NO_SEQUENCE;
    kept.removeIf(
        delta -> {
          long deltas = KeptUpdates.order(delta);
          return isOurs(delta) && (numbered ? deltas < order : deltas <= order);
        });
    for (int i = 0; i < kept.size(); i++) {
      if (isOurs(kept.get(i))) {
        if (!levels.change(kept.get(i))) {
          return loseNumbers(kept.get(i));
        }
        continuity.apply(kept.get(i));
        lastEventUs = Math.max(lastEventUs, kept.get(i).eventTimeUs());
      }
    }
    return nowLive(before);
  }

  /** Whether all that came since something of this order is kept, or in the book. */
  private boolean reachesBackTo(long order) {
    if (!kept.isWithoutBase()) {
      return kept.reachBackTo(order);
    }
    for (int i = 0; i < kept.size(); i++) {
      if (isOurs(kept.get(i))) {
        return KeptUpdates.order(kept.get(i)) <= order; // what came before the first is not known
      }
    }
    return true;
  }

  /** The levels to compare a snapshot with; null where they are not trusted. */
  private LevelsCopy comparable() {
    return status == BookStatus.LIVE && !levels.areCrossed() ? levels.copy() : null;
  }

  private Outcome nowLive(LevelsCopy before) {
    status = BookStatus.LIVE;
    lostUs = NEVER;
    noteCrossing(null);
    return before == null || before.sameAs(levels.copy())
        ? Outcome.SNAPSHOT_APPLIED
        : Outcome.DRIFT;
  }

  Outcome takeDelta(BookUpdate delta) {
    unchecked = isUnchecked(delta);
    if (!isReadable(delta)) {
      return loseMessage(delta);
    }
    snapshotAlone = false;
    if (status != BookStatus.LIVE) {
      return await(delta);
    }
    return switch (continuity.place(delta)) {
      case FOLLOWS -> change(delta);
      case CONFIRMS -> Outcome.CONFIRMED;
      case COVERED -> Outcome.COVERED;
      case OLDER -> insert(delta);
      case HOLE -> {
        kept.add(delta);
        yield lose(BookStatus.GAP, Outcome.GAP);
      }
      case ANEW -> {
        if (delta.checksum() != null) {
          yield change(delta); // the sum decides
        }
        kept.add(delta);
        anew = true;
        based = false;
        yield lose(BookStatus.GAP, Outcome.COUNTS_ANEW);
      }
    };
  }

  private static boolean isUnchecked(BookUpdate delta) {
    return delta.previousSequence() == BookUpdate.NO_SEQUENCE && delta.checksum() == null;
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
    if (!linked(delta)) {
      return Outcome.WAITING;
    }
    Continuity.Place place = continuity.place(delta);
    anew |= place == Continuity.Place.ANEW;
    based &= place != Continuity.Place.ANEW;
    if (based && place == Continuity.Place.FOLLOWS) {
      Outcome outcome = settle();
      return outcome == Outcome.SNAPSHOT_UNSOUND ? Outcome.WAITING : outcome;
    }
    return Outcome.WAITING;
  }

  private Outcome change(BookUpdate delta) {
    if (!levels.change(delta)) {
      return loseMessage(delta);
    }
    if (delta.flawed() && !levels.checksumHolds(delta)) {
      return loseSum(delta);
    }
    continuity.apply(delta);
    lastEventUs = delta.eventTimeUs();
    if (!levels.checksumHolds(delta)) {
      return loseSum(delta);
    }
    if (unchecked) {
      kept.addApplied(delta, CHECKED_US);
    }
    noteCrossing(delta);
    return Outcome.APPLIED;
  }

  /** Applies a delta that is older than others: what they say of its levels stands. */
  private Outcome insert(BookUpdate delta) {
    if (!kept.reachBackTo(delta.sequence())) {
      return Outcome.COVERED; // what came after it is not known any more
    }
    kept.addApplied(delta, CHECKED_US);
    for (int i = 0; i < kept.size(); i++) {
      boolean since = isOurs(kept.get(i)) && kept.get(i).sequence() >= delta.sequence();
      if (since && !levels.change(kept.get(i))) {
        return loseNumbers(kept.get(i));
      }
    }
    lastEventUs = Math.max(lastEventUs, delta.eventTimeUs());
    noteCrossing(null);
    return Outcome.APPLIED;
  }

  /** What a numbered book needs to be healed with while it is crossed is kept. */
  private void noteCrossing(BookUpdate delta) {
    if (!levels.areCrossed()) {
      if (crossedUs != NEVER && !unchecked) {
        kept.removeIf(this::isOurs);
      }
      crossedUs = NEVER;
      return;
    }
    if (crossedUs == NEVER) {
      crossedUs = lastEventUs;
    }
    if (delta != null && !unchecked) {
      kept.add(delta);
    }
  }

  private Outcome loseSum(BookUpdate update) {
    based = false;
    crossedUs = NEVER;
    if (update.flawed()) {
      return update.snapshot() && status != BookStatus.LIVE
          ? Outcome.SNAPSHOT_UNREADABLE
          : lose(BookStatus.UNREADABLE, Outcome.UNREADABLE);
    }
    depth.mistrust();
    status = BookStatus.CHECKSUM_MISMATCH;
    return Outcome.CHECKSUM_MISMATCH;
  }

  /** A message says something that could not be read, unless it is an old one. */
  Outcome loseMessage(BookUpdate update) {
    if (update.snapshot() && status != BookStatus.LIVE) {
      return Outcome.SNAPSHOT_UNREADABLE;
    }
    if (linked(update) && status == BookStatus.LIVE) {
      Continuity.Place place = continuity.place(update);
      if (place == Continuity.Place.COVERED || place == Continuity.Place.CONFIRMS) {
        return Outcome.COVERED;
      }
    }
    lostAt(update);
    if (linked(update)) {
      kept.add(update); // a snapshot has to be newer than it
    }
    return lose(BookStatus.UNREADABLE, Outcome.UNREADABLE);
  }

  /** Numbers of a kept delta do not fit the book's others. */
  private Outcome loseNumbers(BookUpdate delta) {
    lostAt(delta);
    return lose(BookStatus.UNREADABLE, Outcome.UNREADABLE);
  }

  private static boolean linked(BookUpdate update) {
    return update.previousSequence() != BookUpdate.NO_SEQUENCE;
  }

  private void lostAt(BookUpdate update) {
    lostUs = Math.max(lostUs, update.timed() ? update.eventTimeUs() : update.effectiveTimeUs());
    based = false;
  }

  private Outcome lose(BookStatus why, Outcome outcome) {
    if (status != BookStatus.LIVE) {
      return Outcome.WAITING;
    }
    status = why;
    crossedUs = NEVER;
    return outcome;
  }

  void reset() {
    status = BookStatus.AWAITING_SNAPSHOT;
    levels.clear();
    kept.clear();
    kept.begin(NEVER);
    continuity.reset();
    depth.reset();
    lastEventUs = 0;
    session = BookUpdate.NO_SESSION;
    feed = OrderBook.NO_FEED;
    anew = false;
    unchecked = false;
    snapshotAlone = false;
    based = false;
    lostUs = NEVER;
    crossedUs = NEVER;
  }

  /** Writes all but the sides, what is kept, the numbers and the depth. */
  void writeTo(DataOutput out) throws IOException {
    out.writeByte(status.code());
    levels.writeTo(out);
    out.writeLong(lastEventUs);
    out.writeLong(session);
    out.writeInt(feed);
    out.writeBoolean(anew);
    out.writeBoolean(unchecked);
    out.writeBoolean(snapshotAlone);
    out.writeBoolean(based);
    out.writeLong(lostUs);
    out.writeLong(crossedUs);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    status = BookStatus.ofCode(in.readByte());
    levels.readFrom(in);
    lastEventUs = in.readLong();
    session = in.readLong();
    feed = in.readInt();
    anew = in.readBoolean();
    unchecked = in.readBoolean();
    snapshotAlone = in.readBoolean();
    based = in.readBoolean();
    lostUs = in.readLong();
    crossedUs = in.readLong();
  }
}
