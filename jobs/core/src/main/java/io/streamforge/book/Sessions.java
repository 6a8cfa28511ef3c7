package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which session of its writers a book follows: the one whose first snapshot stands last in the log.
 * Those before it are superseded, and ignored until it says that its connection is lost; those that
 * have said so themselves are over. The last {@value #KEPT} are remembered, for an hour. A session
 * that has sent no snapshot yet waits, and its subscription's depth with it.
 */
final class Sessions {
  private static final int KEPT = 8;
  private static final long KEPT_US = 3_600_000_000L;

  /** After so long a silence of the current session, others that go on show that it is dead. */
  private static final long SILENT_US = 5_000_000;

  private static final long NEVER = Long.MIN_VALUE;

  /** What a session is to the book. */
  enum Standing {
    /** No session has begun the book. */
    FIRST,
    CURRENT,
    /** It has not begun the book. */
    WAITING,
    /** Another has begun the book since, and has lost its connection. */
    SUPERSEDED,
    /** Another has begun the book since, or this one has lost its connection. */
    OVER
  }

  private boolean begun;
  private long current = BookUpdate.NO_SESSION;
  private final long[] over = new long[KEPT];
  private final long[] overSinceUs = new long[KEPT];
  private final boolean[] ended = new boolean[KEPT];
  private int overCount;

  /** Whether the newest that the current session has said is that its connection is lost. */
  private boolean currentEnded;

  /** When another session was heard first since the current one was heard. */
  private long onlyOthersSinceUs = NEVER;

  /** When another session was heard last since then. */
  private long onlyOthersUntilUs = NEVER;

  /** The session whose subscription was acknowledged last, and its depth; 0 for none. */
  private long subscribed = BookUpdate.NO_SESSION;

  private int subscribedDepth;

  void reset() {
    begun = false;
    current = BookUpdate.NO_SESSION;
    currentEnded = false;
    overCount = 0;
    onlyOthersSinceUs = NEVER;
    subscribedDepth = 0;
  }

  /** What the message's session is, as of its time. */
  Standing standing(BookUpdate update) {
    if (!begun) {
      return Standing.FIRST;
    }
    if (update.session() == current) {
      onlyOthersSinceUs = NEVER;
      currentEnded = update.kind() == BookUpdate.Kind.DISCONNECTED;
      return Standing.CURRENT;
    }
    for (int i = 0; i < overCount; i++) {
      if (over[i] == update.session() && update.effectiveTimeUs() - overSinceUs[i] <= KEPT_US) {
        return currentEnded && !ended[i] ? Standing.SUPERSEDED : Standing.OVER;
      }
    }
    return Standing.WAITING;
  }

  /** Whether the current session is silent while another goes on, as this message does. */
  boolean isCurrentDead(BookUpdate ofOther) {
    long nowUs = ofOther.effectiveTimeUs();
    if (onlyOthersSinceUs == NEVER) {
      onlyOthersSinceUs = nowUs;
      onlyOthersUntilUs = nowUs;
    }
    onlyOthersUntilUs = Math.max(onlyOthersUntilUs, nowUs);
    return onlyOthersUntilUs - onlyOthersSinceUs > SILENT_US;
  }

  /** Whether the current session has lost its connection, and nothing has come of it since. */
  boolean hasCurrentEnded() {
    return currentEnded;
  }

  /** A session other than the current one has lost its connection: what still comes is late. */
  void end(BookUpdate notice) {
    remove(notice.session());
    add(notice.session(), notice.effectiveTimeUs(), true);
  }

  /** A subscription of a session that has not begun the book is acknowledged. */
  void subscribe(BookUpdate acknowledgement) {
    subscribed = acknowledgement.session();
    subscribedDepth = acknowledgement.depth();
  }

  /** The depth that the current session waited with; 0 if it did not say. */
  int subscribedDepth() {
    return subscribed == current ? subscribedDepth : 0;
  }

  /** The message's session begins the book. */
  void begin(BookUpdate snapshot) {
    long session = snapshot.session();
    if (session != current) {
      remove(session);
      if (begun) {
        add(current, snapshot.effectiveTimeUs(), currentEnded);
      }
      current = session;
      currentEnded = false;
      onlyOthersSinceUs = NEVER;
    }
    begun = true;
  }

  /** The session that the book follows. */
  long current() {
    return current;
  }

  private void add(long session, long timeUs, boolean hasEnded) {
    if (overCount == KEPT) {
      remove(over[0]);
    }
    over[overCount] = session;
    ended[overCount] = hasEnded;
    overSinceUs[overCount++] = timeUs;
  }

  private void remove(long session) {
    int left = 0;
    for (int i = 0; i < overCount; i++) {
      if (over[i] != session) {
        over[left] = over[i];
        ended[left] = ended[i];
        overSinceUs[left++] = overSinceUs[i];
      }
    }
    overCount = left;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeBoolean(begun);
    out.writeLong(current);
    out.writeBoolean(currentEnded);
    out.writeLong(onlyOthersSinceUs);
    out.writeLong(onlyOthersUntilUs);
    out.writeLong(subscribed);
    out.writeInt(subscribedDepth);
    out.writeByte(overCount);
    for (int i = 0; i < overCount; i++) {
      out.writeLong(over[i]);
      out.writeLong(overSinceUs[i]);
      out.writeBoolean(ended[i]);
    }
  }

  void readFrom(DataInput in) throws IOException {
    begun = in.readBoolean();
    current = in.readLong();
    currentEnded = in.readBoolean();
    onlyOthersSinceUs = in.readLong();
    onlyOthersUntilUs = in.readLong();
    subscribed = in.readLong();
    subscribedDepth = in.readInt();
    overCount = in.readByte();
    for (int i = 0; i < overCount; i++) {
      over[i] = in.readLong();
      overSinceUs[i] = in.readLong();
      ended[i] = in.readBoolean();
    }
  }
}
