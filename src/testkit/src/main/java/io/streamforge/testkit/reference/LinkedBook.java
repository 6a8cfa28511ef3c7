package io.streamforge.testkit.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Each update names the one before, or a checksum tells, or both; snapshots come in the stream.
 * Bybit's numbers grow by one, which names the one before, too.
 */
class LinkedBook extends PlainBook {
  private static final long SECOND = 1_000_000;

  private final List<BookMessage> waiting = new ArrayList<>();
  private int depth;
  private int feed = -1;
  private long feedUs;
  private boolean based;
  private boolean first;
  private Long newestUs;
  private Long firstBehindUs;
  private int behind;
  private int verified;

  @Override
  public Outcome apply(BookMessage message) {
    if (feed >= 0 && message.feed() != feed) {
      boolean silent = message.eventTimeUs() - feedUs > 60 * SECOND;
      if (!message.snapshot() || (message.feed() < feed && !silent)) {
        return Outcome.NOTHING;
      }
    }
    if (message.snapshot()) {
      return begin(message);
    }
    feedUs = message.eventTimeUs();
    if (!isLive()) {
      return await(message);
    }
    if (follows(message)) {
      return change(message) ? Outcome.DELTA : Outcome.NOTHING;
    }
    if (message.last().equals(sequence)) {
      return Outcome.NOTHING;
    }
    if (message.last() > sequence) {
      status = "gap";
      waiting.add(message);
    } else if (isCountedAnew(message)) {
      if (message.checksum() != null) {
        return change(message) ? Outcome.DELTA : Outcome.NOTHING;
      }
      status = "gap";
    }
    return Outcome.NOTHING;
  }

  private Outcome begin(BookMessage snapshot) {
    feed = snapshot.feed();
    feedUs = snapshot.eventTimeUs();
    depth = snapshot.depth();
    waiting.clear();
    newestUs = null;
    firstBehindUs = null;
    behind = 0;
    first = true;
    based = true;
    put(snapshot);
    cut();
    if (!isSumRight(snapshot)) {
      return Outcome.NOTHING;
    }
    status = "live";
    return Outcome.SNAPSHOT;
  }

  private boolean follows(BookMessage delta) {
    if (delta.previous() == null) {
      return delta.last() == null || sequence == null || delta.last() >= sequence;
    }
    boolean reachesBack = first && delta.previous() < sequence && delta.last() > sequence;
    return delta.previous().equals(sequence) || reachesBack;
  }

  /** False if the checksum says that the book is wrong now. */
  private boolean change(BookMessage delta) {
    put(delta);
    cut();
    first = false;
    behind = 0;
    newestUs = newestUs == null ? delta.eventTimeUs() : Math.max(newestUs, delta.eventTimeUs());
    return isSumRight(delta);
  }

  private void cut() {
    bids.truncate(depth);
    asks.truncate(depth);
  }

  private boolean isSumRight(BookMessage message) {
    if (message.checksum() == null) {
      return true;
    }
    if (message.checksum() != OkxBook.checksum(bids.best(25), asks.best(25))) {
      status = "checksum-mismatch";
      based = false;
      return false;
    }
    verified++;
    return true;
  }

  /** Of a message that is behind: whether the venue's time says that it is new nevertheless. */
  private boolean isCountedAnew(BookMessage delta) {
    boolean newer;
    if (newestUs != null) {
      newer = delta.eventTimeUs() > newestUs + SECOND;
    } else {
      firstBehindUs = firstBehindUs == null ? (Long) delta.eventTimeUs() : firstBehindUs;
      newer = delta.eventTimeUs() > firstBehindUs + 10 * SECOND;
    }
    behind = newer ? behind + 1 : 0;
    return newer && (delta.previous() != null || behind == 3);
  }

  /** A hole may be closed by a message that comes late. */
  private Outcome await(BookMessage delta) {
    if (!based || delta.previous() == null) {
      return Outcome.NOTHING;
    }
    waiting.add(delta);
    boolean found = true;
    while (found) {
      found = false;
      for (BookMessage next : List.copyOf(waiting)) {
        if (follows(next)) {
          waiting.remove(next);
          found = true;
          if (!change(next)) {
            return Outcome.NOTHING;
          }
        }
      }
      if (found) {
        waiting.removeIf(old -> old.last() <= sequence || old.eventTimeUs() < newestUs);
        if (waiting.isEmpty()) {
          status = "live";
          return Outcome.SNAPSHOT;
        }
      }
    }
    return Outcome.NOTHING;
  }

  /** How many checksums were right. */
  public final int verified() {
    return verified;
  }
}
