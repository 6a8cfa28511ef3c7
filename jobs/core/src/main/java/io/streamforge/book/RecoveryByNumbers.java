package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.util.BitSet;
import java.util.List;

/**
 * Brings a book back whose messages are linked or checked: by a snapshot with the kept deltas that
 * link from it, by number, to the newest message without a hole.
 */
final class RecoveryByNumbers {
  private final HeldBook book;
  private final KeptUpdates kept;
  private final Chain chain;
  private final Trust trust;

  RecoveryByNumbers(HeldBook book, KeptUpdates kept, Chain chain, Trust trust) {
    this.book = book;
    this.kept = kept;
    this.chain = chain;
    this.trust = trust;
  }

  /** A snapshot from beside the stream, of the feed that the book follows. */
  Outcome take(BookUpdate snapshot) {
    Continuity continuity = book.continuity();
    boolean older = snapshot.sequence() < continuity.sequence();
    if (trust.isLive()) {
      boolean crossed = book.levels().areCrossed();
      if (!crossed && (older || continuity.isOfOldCount(snapshot))) {
        return Outcome.SNAPSHOT_IGNORED;
      }
      if (older && chain.endFrom(snapshot) != continuity.sequence()) {
        return Outcome.SNAPSHOT_UNSOUND;
      }
    } else if (isOfBefore(snapshot) || (older && !trust.isAnew() && !linksToNewest(snapshot))) {
      return Outcome.SNAPSHOT_UNSOUND;
    }
    return begin(snapshot);
  }

  /** Whether a snapshot is of a count that is over, or of before what the lost book has applied. */
  private boolean isOfBefore(BookUpdate snapshot) {
    long lost = book.continuity().sequence();
    if (!trust.isAnew()) {
      return book.continuity().isOfOldCount(snapshot);
    }
    BookUpdate newest = chain.newest();
    return newest != null && newest.sequence() < lost && snapshot.sequence() >= lost;
  }

  /**
   * Whether it leads to the newest that came, or is newer, of a book whose own number may be of an
   * old count.
   */
  private boolean linksToNewest(BookUpdate snapshot) {
    BookUpdate newest = chain.newest();
    if (newest == null || newest.eventTimeUs() <= book.continuity().appliedUs()) {
      return false;
    }
    boolean ahead =
        snapshot.timed()
            && snapshot.eventTimeUs() >= newest.eventTimeUs()
            && snapshot.sequence() >= newest.sequence();
    return ahead || chain.endFrom(snapshot) == newest.sequence();
  }

  /** The book is the snapshot's, with the deltas that link to it. */
  Outcome begin(BookUpdate snapshot) {
    book.begin(snapshot);
    trust.begin();
    kept.begin(KeptUpdates.order(snapshot));
    if (snapshot.kind() == BookUpdate.Kind.RESTART) {
      kept.clear(); // what waits came before it in the stream
    }
    return book.checksumHolds(snapshot) ? settle() : trust.loseSum(snapshot);
  }

  /**
   * Applies the kept deltas that link to the book. It is live if they lead to the newest message;
   * one that does not link is disregarded where the venue's time says that others came after it.
   */
  Outcome settle() {
    long fallenFrom = chain.lowestAboveNewest();
    List<BookUpdate> all = kept.copy();
    chain.removeOvertaken();
    Continuity continuity = book.continuity();
    if (fallenFrom != Chain.NOT_FALLEN && fallenFrom <= chain.endFrom(continuity)) {
      // The newest has a lower number than an older one: what the book is of is over.
      kept.restore(all);
      trust.countsAnew();
      return trust.lack();
    }
    BitSet used = new BitSet();
    for (int i = chain.next(continuity, 0, used); i >= 0; i = chain.next(continuity, i, used)) {
      BookUpdate delta = kept.get(i);
      if (!book.levels().change(delta)) {
        break; // it stays, and the book lacks it
      }
      book.applied(delta);
      if (!book.checksumHolds(delta)) {
        return trust.loseSum(delta);
      }
    }
    kept.removeIf(delta -> !isMissing(delta));
    if (kept.size() > 0) {
      return trust.lack();
    }
    trust.gain();
    return Outcome.SNAPSHOT_APPLIED;
  }

  /** Whether a kept delta is newer than the book, by its number or its time, and does not link. */
  private boolean isMissing(BookUpdate delta) {
    Continuity continuity = book.continuity();
    if (delta.sequence() > continuity.sequence()) {
      return !delta.timed() || delta.eventTimeUs() >= continuity.appliedUs();
    }
    return delta.sequence() < continuity.sequence() && continuity.isOfNewCount(delta);
  }
}
