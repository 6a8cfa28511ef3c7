package io.streamforge.book;

import io.streamforge.market.BookUpdate;

/**
 * What is kept of the sessions and feeds that a book does not follow, in log order: once a whole
 * book of theirs has come, their deltas and losses count.
 */
final class KeptOfOthers {
  private final KeptUpdates kept;
  private final Discarded discarded = new Discarded();

  KeptOfOthers(BookLimits limits) {
    kept = new KeptUpdates(limits);
  }

  KeptUpdates updates() {
    return kept;
  }

  /** Keeps a delta, or a notice of a loss. */
  void add(BookUpdate update) {
    for (int i = kept.fallingOutBeside(update) - 1; i >= 0; i--) {
      discarded.add(kept.get(i));
    }
    kept.add(update);
  }

  /** What is not kept of them. */
  Discarded discarded() {
    return discarded;
  }

  void reset() {
    kept.clear();
    discarded.reset();
  }

  boolean hasDeltasOf(int feed) {
    boolean has = false;
    for (int i = 0; i < kept.size(); i++) {
      has |= kept.get(i).kind() == BookUpdate.Kind.DELTA && kept.get(i).feed() == feed;
    }
    return has;
  }

  boolean hasDeltasFor(BookUpdate snapshot) {
    return kept.all().stream().anyMatch(update -> isDeltaFor(snapshot, update));
  }

  /**
   * Whether the deltas that wait for a snapshot are neither linked nor checked.
   *
   * @param otherwise what to take where none waits
   */
  boolean areUnchecked(BookUpdate snapshot, boolean otherwise) {
    boolean unchecked = otherwise;
    for (int i = 0; i < kept.size(); i++) {
      if (isDeltaFor(snapshot, kept.get(i))) {
        unchecked = kept.get(i).isUnchecked();
      }
    }
    return unchecked;
  }

  /** The venue's newest time of a snapshot and the deltas that wait for it. */
  long newestUs(BookUpdate snapshot) {
    long newest = snapshot.timed() ? snapshot.eventTimeUs() : HeldBook.NEVER;
    for (int i = 0; i < kept.size(); i++) {
      BookUpdate update = kept.get(i);
      if (isDeltaFor(snapshot, update) && update.timed()) {
        newest = Math.max(newest, update.eventTimeUs());
      }
    }
    return newest;
  }

  /** The highest number of a snapshot and of the deltas that wait for it. */
  long highestNumber(BookUpdate snapshot) {
    long highest = snapshot.sequence();
    for (int i = 0; i < kept.size(); i++) {
      BookUpdate update = kept.get(i);
      if (isDeltaFor(snapshot, update)) {
        highest = Math.max(highest, update.sequence());
      }
    }
    return highest;
  }

  private static boolean isDeltaFor(BookUpdate snapshot, BookUpdate update) {
    return update.session() == snapshot.session()
        && update.feed() == snapshot.feed()
        && update.kind() == BookUpdate.Kind.DELTA;
  }

  /** A session is over. */
  void forget(long session) {
    kept.removeIf(update -> update.session() == session);
  }

  /**
   * A whole book has come: its deltas are handed over, and what its session has lost is told.
   *
   * @param byOrder whether the deltas are to stand in the order of their numbers or times
   */
  void handOver(BookUpdate snapshot, KeptUpdates deltas, Trust trust, boolean byOrder) {
    trust.lostAt(discarded.begin(snapshot.session()));
    for (int i = 0; i < kept.size(); i++) {
      BookUpdate update = kept.get(i);
      boolean delta = isDeltaFor(snapshot, update);
      boolean notice = update.isNotice() && update.session() == snapshot.session();
      if (notice || (delta && !update.isReadable())) {
        trust.lostAt(update, HeldBook.NEVER);
      }
      if (delta) {
        deltas.take(update, byOrder);
      }
    }
    kept.removeIf(
        update ->
            isDeltaFor(snapshot, update)
                || (update.isNotice() && update.session() == snapshot.session()));
  }
}
