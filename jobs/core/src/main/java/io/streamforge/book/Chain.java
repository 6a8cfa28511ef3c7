package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** How the deltas that are kept go on from a number, and from one another. */
final class Chain {
  /** That no delta has a higher number than the newest. */
  static final long NOT_FALLEN = Long.MAX_VALUE;

  private static final long UNTIMED = Long.MIN_VALUE;

  private static final Comparator<BookUpdate> BY_TIME =
      Comparator.comparingLong(BookUpdate::eventTimeUs).thenComparingLong(BookUpdate::sequence);

  private final KeptUpdates kept;

  Chain(KeptUpdates kept) {
    this.kept = kept;
  }

  /** The number to which they lead from a snapshot. */
  long endFrom(BookUpdate snapshot) {
    Continuity at = new Continuity();
    at.begin(snapshot);
    return endFrom(at);
  }

  /** The number to which they lead from where a book stands. */
  long endFrom(Continuity at) {
    Continuity after = new Continuity(at);
    BitSet used = new BitSet();
    for (int i = next(after, 0, used); i >= 0; i = next(after, i, used)) {
      after.apply(kept.get(i));
    }
    return after.sequence();
  }

  /**
   * The place of the one that is the next after a number; −1 for none.
   *
   * @param from where to look first: most follow in log order
   * @param used the places that were given, which are not given again: numbers may run in a ring
   */
  int next(Continuity at, int from, BitSet used) {
    for (int i = 0; i < kept.size(); i++) {
      int place = (from + i) % kept.size();
      BookUpdate delta = kept.get(place);
      boolean other = delta.sequence() != at.sequence();
      if (!used.get(place) && delta.isReadable() && other && at.follows(delta)) {
        used.set(place);
        return place;
      }
    }
    return -1;
  }

  /** The newest by the venue's time, of several at a time the one of the highest number. */
  BookUpdate newest() {
    return kept.all().stream().max(BY_TIME).orElse(null);
  }

  /**
   * The lowest number above that of the newest, of all that are older by the venue's time; {@link
   * #NOT_FALLEN} if there is none.
   */
  long lowestAboveNewest() {
    BookUpdate newest = newest();
    long lowest = NOT_FALLEN;
    for (BookUpdate delta : kept.all()) {
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
    List<BookUpdate> byNumber = new ArrayList<>(kept.all());
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
}
