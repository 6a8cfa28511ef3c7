package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Whether a book is whole; if not, what it lacks, and since when. */
final class Trust {
  private static final long NEVER = Long.MIN_VALUE;

  private BookStatus status = BookStatus.AWAITING_SNAPSHOT;

  /** Of a book that is not live: whether its levels are a snapshot's, and newer deltas may link. */
  private boolean based;

  /** Whether the venue has been seen to count anew, so that lower numbers are newer. */
  private boolean anew;

  /** When the newest message was lost. */
  private long lostUs = NEVER;

  /** When the first of the messages came since which the book is crossed. */
  private long crossedUs = NEVER;

  BookStatus status() {
    return status;
  }

  boolean isLive() {
    return status == BookStatus.LIVE;
  }

  boolean isBased() {
    return based;
  }

  boolean isAnew() {
    return anew;
  }

  boolean isCrossed() {
    return crossedUs != NEVER;
  }

  /** Whether a whole book of the venue's time holds all that was lost, and what crossed it. */
  boolean isWholeAt(long eventTimeUs) {
    return eventTimeUs >= lostUs && eventTimeUs >= crossedUs;
  }

  /** Another feed or session is followed from now on. */
  void changeOrigin(boolean first) {
    if (isLive()) {
      status = BookStatus.GAP;
    }
    based = false;
    crossedUs = NEVER;
    lostUs = first ? lostUs : NEVER;
  }

  /** The levels are a snapshot's. */
  void begin() {
    based = true;
    anew = false;
    crossedUs = NEVER;
  }

  /** Nothing is missing. */
  void gain() {
    status = BookStatus.LIVE;
    lostUs = NEVER;
  }

  void crossedSince(long timeUs) {
    if (crossedUs == NEVER) {
      crossedUs = timeUs;
    }
  }

  void uncrossed() {
    crossedUs = NEVER;
  }

  /** The venue counts anew: no delta of the new count links to the levels. */
  void countsAnew() {
    anew = true;
    based = false;
  }

  /**
   * What the update says, or said, is missing.
   *
   * @param venueUs the venue's newest time: its clock may be ahead of the receipts' by which an
   *     update without a time counts
   * @return the time of what is missing, at the latest
   */
  long lostAt(BookUpdate update, long venueUs) {
    long receivedUs = Math.max(update.eventTimeUs(), update.effectiveTimeUs());
    long timeUs = update.timed() ? update.eventTimeUs() : Math.max(receivedUs, venueUs);
    lostAt(timeUs);
    return timeUs;
  }

  /** Something of that time, or of before it, is missing. */
  void lostAt(long timeUs) {
    lostUs = Math.max(lostUs, timeUs);
    based = false;
  }

  /** Stops a live book from being so. */
  Outcome lose(BookStatus why, Outcome outcome) {
    if (!isLive()) {
      return Outcome.WAITING;
    }
    status = why;
    crossedUs = NEVER;
    return outcome;
  }

  /** The checksum of an update that has been applied is not that of the levels. */
  Outcome loseSum(BookUpdate update) {
    based = false;
    crossedUs = NEVER;
    if (update.flawed()) {
      return update.snapshot() && !isLive()
          ? Outcome.SNAPSHOT_UNREADABLE
          : lose(BookStatus.UNREADABLE, Outcome.UNREADABLE);
    }
    status = BookStatus.CHECKSUM_MISMATCH;
    return Outcome.CHECKSUM_MISMATCH;
  }

  /** The levels are a snapshot's, and messages between it and the newest are missing. */
  Outcome lack() {
    if (isLive() || status == BookStatus.AWAITING_SNAPSHOT) {
      status = BookStatus.GAP;
      return Outcome.GAP;
    }
    return Outcome.SNAPSHOT_UNSOUND;
  }

  void reset() {
    status = BookStatus.AWAITING_SNAPSHOT;
    based = false;
    anew = false;
    lostUs = NEVER;
    crossedUs = NEVER;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeByte(status.code());
    out.writeBoolean(based);
    out.writeBoolean(anew);
    out.writeLong(lostUs);
    out.writeLong(crossedUs);
  }

  void readFrom(DataInput in) throws IOException {
    status = BookStatus.ofCode(in.readByte());
    based = in.readBoolean();
    anew = in.readBoolean();
    lostUs = in.readLong();
    crossedUs = in.readLong();
  }
}
