package io.streamforge.engine;

import io.streamforge.testkit.simulated.SimulatedMessage;
import io.streamforge.testkit.simulated.SimulatedMessage.Kind;
import io.streamforge.testkit.simulated.SimulatedMessage.Legible;
import io.streamforge.testkit.simulated.SimulatedVenue;
import io.streamforge.testkit.simulated.TrueState;
import java.util.HashSet;
import java.util.Set;

/**
 * What whoever reads a venue's messages can know of one book: which touches a live book may show
 * after each record of the log. It knows the true state behind each message, and follows the
 * protocol's rule, not the book's code.
 *
 * <p>A live book may always show the newest state that a message of it led to. What it may show
 * instead, and for how long, is the bound; it is stated by the subclasses. For all:
 *
 * <ul>
 *   <li>After {@code disconnected}, and after a message that could not be read and is newer than
 *       all others, a live book is wrong at once, until a snapshot of that state or a later one.
 *   <li>Where records name their sessions the book follows the session whose first snapshot came
 *       last. What a session says before its first snapshot need not be heeded, nor what a
 *       superseded one says.
 *   <li>Of two feeds the deeper one is the book, from its first snapshot on.
 * </ul>
 */
abstract class ProtocolBound {
  private static final int NONE = -1;

  private final Set<Long> superseded = new HashSet<>();
  private Long followed;
  private int followedDepth;
  private int untrustedUntil = NONE;
  private TrueState newest;

  /** The state that the messages which count have led to; null before the first. */
  protected TrueState led;

  static ProtocolBound of(SimulatedVenue venue) {
    return switch (venue.rule()) {
      case LINKED, COUNTED, ORDERED_CHECKED -> new NumberedBound(venue);
      case CHECKED -> new CheckedBound();
      case TIMED, UNTIMED -> new TrustingBound(venue);
    };
  }

  /** Takes the next record of the log. */
  final void take(SimulatedMessage message) {
    if (message.kind() == Kind.ACKNOWLEDGEMENT
        || superseded.contains(message.record().session())) {
      return;
    }
    if (message.kind() == Kind.DISCONNECTED) {
      if (newest != null) {
        untrustedUntil = Math.max(untrustedUntil, heals(newest));
      }
      return;
    }
    boolean isNew = newest == null || message.state().version() > newest.version();
    boolean ofBook = message.depth() >= followedDepth;
    if (message.legible() != Legible.ALL) {
      if (isNew && ofBook && !(decidesByChecksum() && message.legible() == Legible.IN_PART)) {
        untrustedUntil = Math.max(untrustedUntil, message.state().version());
      }
      if (message.legible() == Legible.NOTHING || !decidesByChecksum()) {
        return;
      }
    }
    if (isNew) {
      newest = message.state();
    }
    boolean snapshot = message.kind() == Kind.SNAPSHOT;
    if (snapshot && message.state().version() >= untrustedUntil) {
      untrustedUntil = NONE;
    }
    boolean begins = followed == null || message.record().session() != followed;
    boolean deeper = message.depth() > followedDepth;
    if (begins || deeper) {
      if (snapshot && (begins || deeper)) {
        if (begins && followed != null) {
          superseded.add(followed);
        }
        followed = message.record().session();
        followedDepth = message.depth();
        led = message.state();
        begin(message);
      }
      return;
    }
    if (!ofBook) {
      return;
    }
    if (snapshot) {
      takeSnapshot(message);
    } else {
      takeDelta(message);
    }
  }

  /** The version that a snapshot after a loss of the connection has to be of. */
  protected int heals(TrueState known) {
    return known.version();
  }

  /** Whether a message that can be read in part is decided by its checksum. */
  protected boolean decidesByChecksum() {
    return false;
  }

  /** The first snapshot of the book's session, or of its deeper feed. */
  protected abstract void begin(SimulatedMessage snapshot);

  protected abstract void takeSnapshot(SimulatedMessage snapshot);

  protected abstract void takeDelta(SimulatedMessage delta);

  /** Whether what is missing may be unknown, so that a live book may show anything. */
  protected boolean unknowable() {
    return false;
  }

  /** The newest state that a message has led to; null before the first. */
  protected final TrueState newest() {
    return newest;
  }

  /** Whether the book must not be live now. */
  final boolean mustNotBeLive() {
    return untrustedUntil != NONE || led == null;
  }

  /** Whether a live book may show a touch now. */
  final boolean allows(LiveTouch touch) {
    return !mustNotBeLive() && (unknowable() || touch.isOf(led) || touch.isOf(newest));
  }

  @Override
  public String toString() {
    return mustNotBeLive()
        ? "must not be live"
        : unknowable() ? "anything" : "either %s or %s".formatted(led, newest);
  }
}
