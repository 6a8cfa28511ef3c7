package io.streamforge.engine;

import io.streamforge.testkit.simulated.SimulatedMessage;
import io.streamforge.testkit.simulated.SimulatedMessage.Kind;
import io.streamforge.testkit.simulated.SimulatedVenue;
import io.streamforge.testkit.simulated.TrueState;
import java.util.HashSet;
import java.util.Set;

/**
 * Where nothing is numbered and nothing checked: while every message has come once and in order a
 * live book shows the newest state. From the first that did not, it may show anything, until a
 * snapshot of the state that this message led to, or of a later one. Where snapshots have times one
 * counts if it is at most five seconds older than the newest delta, and not older than the last
 * snapshot; where they have none, if nothing newer came before it. While the book is crossed it has
 * to be of the message that crossed it, or later.
 *
 * <p>After {@code disconnected} or a message that could not be read, a snapshot with a time has to
 * be of the newest state or a later one. A message that was received before is known again by its
 * time, on the venue whose books are numbered by it.
 */
final class TrustingBound extends ProtocolBound {
  private static final long KEPT_US = 5_000_000;
  private static final int NONE = -1;

  private final SimulatedVenue venue;
  private final Set<Integer> received = new HashSet<>();
  private TrueState heard;
  private int last = NONE;
  private int unknownFrom = NONE;
  private int snapshotAt = NONE;
  private int crossedAt = NONE;

  TrustingBound(SimulatedVenue venue) {
    this.venue = venue;
  }

  @Override
  protected boolean decidesByChecksum() {
    return false;
  }

  @Override
  protected boolean isNews(SimulatedMessage flawed) {
    return flawed.state().version() > newest().version();
  }

  @Override
  protected boolean heals(SimulatedMessage snapshot, int lostVersion) {
    return !snapshot.timed() || snapshot.state().version() >= lostVersion;
  }

  @Override
  protected boolean unknowable() {
    return unknownFrom != NONE;
  }

  private void damagedAt(int ordinal) {
    unknownFrom = Math.max(unknownFrom, ordinal);
  }

  @Override
  protected void hear(SimulatedMessage message) {
    if (message.kind() != Kind.DELTA) {
      return;
    }
    int at = message.ordinal();
    boolean again = !received.add(at);
    if (at > last) {
      if (last != NONE && at > last + 1) {
        damagedAt(at - 1);
      }
      last = at;
      heard = message.state();
    } else if (at < last && !isKnownAgain(at, again)) {
      damagedAt(at);
    }
  }

  private boolean isKnownAgain(int at, boolean again) {
    return venue == SimulatedVenue.BITSTAMP && (again || at <= snapshotAt);
  }

  @Override
  protected void begin(SimulatedMessage snapshot) {
    takeSnapshot(snapshot);
    if (led == null) {
      led = snapshot.state(); // too old to count, and not to be taken by a live book
    }
  }

  @Override
  protected void takeSnapshot(SimulatedMessage snapshot) {
    int at = snapshot.ordinal();
    if (snapshot.timed() && at < Math.max(snapshotAt, crossedAt)) {
      return;
    }
    if (at < last) {
      if (!snapshot.timed()) {
        damagedAt(last);
      } else if (heard.timeUs() - snapshot.state().timeUs() > KEPT_US) {
        return;
      }
    }
    if (at >= unknownFrom) {
      unknownFrom = NONE;
    }
    snapshotAt = Math.max(snapshotAt, at);
    if (at >= last) {
      last = at;
      heard = snapshot.state();
    }
    led = heard;
  }

  @Override
  protected void tellCrossed(boolean crossed) {
    crossedAt = !crossed ? NONE : crossedAt == NONE ? last : crossedAt;
  }

  @Override
  protected void takeDelta(SimulatedMessage delta) {
    led = heard;
  }
}
