package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where a book stands in the numbers of its venue's messages, and what the next message is to it.
 * Where a message names the one before, a loss shows at once. Where it has a number alone, that
 * only tells what is older. Where it has none, each message follows the last.
 */
final class Continuity {
  private static final long NONE = BookUpdate.NO_SEQUENCE;
  private static final long NEVER = Long.MIN_VALUE;

  /** Numbers that are behind though the venue's time is this much ahead are of a new count. */
  private static final long NEWER_US = 1_000_000;

  /** The stream may be so far behind a snapshot that was taken beside it. */
  private static final long SNAPSHOT_LEAD_US = 10_000_000;

  /** So many messages in a row, where none names the one before it. */
  private static final int IN_A_ROW = 3;

  /** What a delta is to the book. */
  enum Place {
    /** The book's next message. */
    FOLLOWS,
    /** It says what the book's number says: the feed is alive, and the book is up to date. */
    CONFIRMS,
    /** The book holds it already. */
    COVERED,
    /** Newer than the snapshot and older than another message that has been applied. */
    OLDER,
    /** A message before it is missing. */
    HOLE,
    /** The venue's numbers have fallen back: they are counted anew. */
    ANEW
  }

  private long sequence = NONE;

  /** Whether the newest message is a snapshot from beside the stream. */
  private boolean snapshotIsNewest;

  /** The number of the snapshot that the book began with. */
  private long base = NONE;

  /** Venue's time of the newest delta applied since the snapshot. */
  private long appliedUs = NEVER;

  /** Venue's time of the first delta since the snapshot that was behind it. */
  private long firstBehindUs = NEVER;

  private int behindInARow;

  /** Before the first message. */
  Continuity() {}

  /** Where another one stands. */
  Continuity(Continuity other) {
    sequence = other.sequence;
    snapshotIsNewest = other.snapshotIsNewest;
    base = other.base;
    appliedUs = other.appliedUs;
    firstBehindUs = other.firstBehindUs;
    behindInARow = other.behindInARow;
  }

  /** Back to before the first message. */
  void reset() {
    sequence = NONE;
    snapshotIsNewest = false;
    base = NONE;
    forgetTimes();
  }

  private void forgetTimes() {
    appliedUs = NEVER;
    firstBehindUs = NEVER;
    behindInARow = 0;
  }

  /** The book is a snapshot's now. */
  void begin(BookUpdate snapshot) {
    if (snapshot.sequence() != sequence) {
      forgetTimes();
    }
    sequence = snapshot.sequence();
    base = snapshot.sequence();
    snapshotIsNewest = snapshot.kind() == BookUpdate.Kind.SNAPSHOT;
  }

  /** A delta has been applied. */
  void apply(BookUpdate delta) {
    if (delta.sequence() != sequence) { // else it comes again, and says nothing of the others
      behindInARow = 0;
    }
    sequence = delta.isUnchecked() ? Math.max(sequence, delta.sequence()) : delta.sequence();
    snapshotIsNewest = false;
    if (delta.timed()) {
      appliedUs = Math.max(appliedUs, delta.eventTimeUs());
    }
  }

  /** What a delta is to the book as it is now. */
  Place place(BookUpdate delta) {
    long previous = delta.previousSequence();
    long number = delta.sequence();
    if (follows(delta)) {
      return Place.FOLLOWS; // also where the venue counts anew, and says so
    }
    if (previous == NONE) {
      return delta.checksum() != null ? behind(delta) : number < base ? Place.COVERED : Place.OLDER;
    }
    if (number == sequence) {
      return Place.CONFIRMS;
    }
    return number < sequence ? behind(delta) : Place.HOLE;
  }

  /**
   * Whether a snapshot's number is ahead though the venue's time says that it is an old one: it was
   * counted before the venue began anew.
   */
  boolean isOfOldCount(BookUpdate snapshot) {
    return snapshot.timed()
        && appliedUs != NEVER
        && snapshot.sequence() > sequence
        && snapshot.eventTimeUs() < appliedUs;
  }

  /** Whether a linked delta, or one without numbers, is the book's next; nothing is remembered. */
  boolean follows(BookUpdate delta) {
    long previous = delta.previousSequence();
    if (previous == NONE) {
      return delta.sequence() == NONE || delta.sequence() >= sequence;
    }
    // The first delta after a snapshot that was taken beside the stream may reach back behind it.
    boolean mayReachBack = snapshotIsNewest || delta.overlapping();
    return previous == sequence
        || (mayReachBack && previous < sequence && delta.sequence() > sequence);
  }

  private Place behind(BookUpdate delta) {
    if (!isNewer(delta)) {
      behindInARow = 0;
      return Place.COVERED;
    }
    return delta.isLinked() || ++behindInARow == IN_A_ROW ? Place.ANEW : Place.COVERED;
  }

  /** Whether the venue's time says of a delta whose number is behind that it is no old one. */
  boolean isOfNewCount(BookUpdate delta) {
    return delta.timed() && appliedUs != NEVER && delta.eventTimeUs() > appliedUs + NEWER_US;
  }

  /** Whether the venue's own time says that it is no old message. */
  private boolean isNewer(BookUpdate delta) {
    if (!delta.timed()) {
      return false;
    }
    if (appliedUs != NEVER) {
      return isOfNewCount(delta);
    }
    if (firstBehindUs == NEVER) {
      firstBehindUs = delta.eventTimeUs();
    }
    return delta.eventTimeUs() > firstBehindUs + SNAPSHOT_LEAD_US;
  }

  /** Whether the newest message is a snapshot from beside the stream. */
  boolean isSnapshotNewest() {
    return snapshotIsNewest;
  }

  /** Number of the last message applied, or {@link BookUpdate#NO_SEQUENCE}. */
  long sequence() {
    return sequence;
  }

  /** Venue's time of the newest delta applied since the snapshot; the least number before one. */
  long appliedUs() {
    return appliedUs;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(sequence);
    out.writeBoolean(snapshotIsNewest);
    out.writeLong(base);
    out.writeLong(appliedUs);
    out.writeLong(firstBehindUs);
    out.writeByte(behindInARow);
  }

  void readFrom(DataInput in) throws IOException {
    sequence = in.readLong();
    snapshotIsNewest = in.readBoolean();
    base = in.readLong();
    appliedUs = in.readLong();
    firstBehindUs = in.readLong();
    behindInARow = in.readByte();
  }
}
