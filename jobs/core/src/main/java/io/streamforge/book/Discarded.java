package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is not kept of the sessions that a book does not follow, by the effective time of the
 * newest: a whole book of theirs has to be of after it. Of the last {@value #KEPT} sessions each
 * has a time of its own; older ones share one, which counts for all.
 */
final class Discarded {
  private static final long NEVER = Long.MIN_VALUE;
  private static final int KEPT = 16;
  private static final long[] NONE = {};

  // The one that was discarded from last stands last. Most books have one session.
  private long[] sessions = NONE;
  private long[] newestUs = NONE;
  private int count;
  private long ofAnyUs = NEVER;

  /** A message of its session is not kept. */
  void add(BookUpdate update) {
    long newest = Math.max(take(update.session()), update.effectiveTimeUs());
    if (count == KEPT) {
      addOfAny(newestUs[0]);
      remove(0);
    }
    append(update.session(), newest);
  }

  private void append(long session, long timeUs) {
    if (count == sessions.length) {
      sessions = Arrays.copyOf(sessions, KEPT);
      newestUs = Arrays.copyOf(newestUs, KEPT);
    }
    sessions[count] = session;
    newestUs[count++] = timeUs;
  }

  /** Messages of any session may be missing. */
  void addOfAny(long timeUs) {
    ofAnyUs = Math.max(ofAnyUs, timeUs);
  }

  /** The newest time of a session's, which begins the book; the least number if nothing was. */
  long begin(long session) {
    return Math.max(take(session), ofAnyUs);
  }

  private long take(long session) {
    for (int i = 0; i < count; i++) {
      if (sessions[i] == session) {
        long newest = newestUs[i];
        remove(i);
        return newest;
      }
    }
    return NEVER;
  }

  private void remove(int place) {
    count--;
    System.arraycopy(sessions, place + 1, sessions, place, count - place);
    System.arraycopy(newestUs, place + 1, newestUs, place, count - place);
  }

  void reset() {
    count = 0;
    ofAnyUs = NEVER;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(ofAnyUs);
    out.writeByte(count);
    for (int i = 0; i < count; i++) {
      out.writeLong(sessions[i]);
      out.writeLong(newestUs[i]);
    }
  }

  void readFrom(DataInput in) throws IOException {
    ofAnyUs = in.readLong();
    for (int left = in.readByte(); left > 0; left--) {
      append(in.readLong(), in.readLong());
    }
  }
}
