package io.streamforge.engine;

import io.streamforge.testkit.simulated.Damage;
import io.streamforge.testkit.simulated.SimulatedMessage;
import io.streamforge.testkit.simulated.SimulatedMessage.Kind;
import io.streamforge.testkit.simulated.SimulatedMessage.Legible;
import io.streamforge.testkit.simulated.SimulatedVenue;
import io.streamforge.testkit.simulated.TrueState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What whoever reads a venue's messages can know of one book: which touches a live book may show
 * after each record of the log. It knows the true state behind each message, and follows the
 * protocol's rule, not the book's code.
 *
 * <p>A live book may always show the newest state that a message of it led to, of all messages, of
 * those with sound numbers or of those of its session. What it may show instead, and for how long,
 * is the bound; the subclasses state it. For all:
 *
 * <ul>
 *   <li>After {@code disconnected}, and after a message that could not be read and is newer than
 *       all others, a live book is wrong at once, until a snapshot.
 *   <li>Where records name their sessions the book follows the session whose first snapshot came
 *       last. A live book may pass over that of a session which has said nothing newer yet. What a
 *       session says before its first snapshot need not be heeded; if that is {@code disconnected},
 *       it is superseded. What a superseded one says need not be heeded either, unless that goes on
 *       for five seconds while the other is silent.
 *   <li>Of two feeds the deeper one is the book, from its first snapshot on.
 * </ul>
 */
abstract class ProtocolBound {
  private static final long DEAD_AFTER_US = 5_000_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final Set<Long> superseded = new HashSet<>();
  private Long followed;
  private int followedDepth;
  private long onlyOthersSinceUs = NEVER;
  private boolean lost;
  private int lostAt;
  private TrueState newest;
  private TrueState newestSound;
  private final Map<Long, TrueState> newestOf = new HashMap<>();

  /** The state that the messages which count have led to; null before the first snapshot. */
  protected TrueState led;

  static ProtocolBound of(SimulatedVenue venue) {
    return switch (venue.rule()) {
      case LINKED, COUNTED, ORDERED_CHECKED -> new NumberedBound(venue);
      case CHECKED -> new CheckedBound();
      case TIMED, UNTIMED -> new TrustingBound(venue);
    };
  }

  /**
   * Takes the next record of the log.
   *
   * @param passedOver whether the book was live, and has not taken a snapshot
   */
  final void take(SimulatedMessage message, boolean passedOver) {
    long session = message.record().session();
    if (message.kind() == Kind.ACKNOWLEDGEMENT) {
      return;
    }
    if (superseded.contains(session)) {
      takeOfFormer(message);
      return;
    }
    boolean current = followed != null && session == followed;
    onlyOthersSinceUs = current ? NEVER : onlyOthersSinceUs;
    if (message.kind() == Kind.DISCONNECTED || message.legible() == Legible.NOTHING) {
      if (current) {
        lose(Math.max(message.state().version(), newest.version()));
      } else if (followed != null && message.kind() == Kind.DISCONNECTED) {
        superseded.add(session);
      }
      return;
    }
    if (followed != null && !current && message.kind() == Kind.DELTA) {
      takeOfWaiting(message);
    }
    boolean ofBook = current && message.depth() == followedDepth;
    boolean snapshot = message.kind() == Kind.SNAPSHOT;
    if (message.legible() == Legible.IN_PART && !decidesByChecksum()) {
      if (ofBook && !snapshot && isNews(message)) {
        lose(message.state().version());
      }
      return;
    }
    note(message);
    if (!current || message.depth() > followedDepth) {
      if (snapshot && !(passedOver && mayBeLate(message))) {
        follow(message);
      }
    } else if (ofBook && snapshot) {
      if (lost && heals(message, lostAt)) {
        lost = false;
        begin(message);
      } else {
        takeSnapshot(message);
      }
    } else if (ofBook) {
      takeDelta(message);
    }
  }

  /** Whether all that a session has said may be of before what the book says. */
  private boolean mayBeLate(SimulatedMessage snapshot) {
    TrueState ofSession = newestOf.get(snapshot.record().session());
    TrueState ofBook = newestOf.get(followed);
    return ofBook != null && ofSession.version() < ofBook.version();
  }

  /** A session that waits goes on: if the current one is silent, that is dead. */
  private void takeOfWaiting(SimulatedMessage delta) {
    if (delta.depth() >= followedDepth) {
      long nowUs = delta.record().receiveTimeUs();
      onlyOthersSinceUs = onlyOthersSinceUs == NEVER ? nowUs : onlyOthersSinceUs;
      if (nowUs - onlyOthersSinceUs > DEAD_AFTER_US) {
        lose(newest.version());
      }
    }
  }

  /** A session that is over goes on: if the other one is silent, that is dead. */
  private void takeOfFormer(SimulatedMessage message) {
    long nowUs = message.record().receiveTimeUs();
    onlyOthersSinceUs = onlyOthersSinceUs == NEVER ? nowUs : onlyOthersSinceUs;
    if (nowUs - onlyOthersSinceUs <= DEAD_AFTER_US) {
      return;
    }
    if (message.kind() == Kind.SNAPSHOT && message.legible() == Legible.ALL) {
      superseded.remove(message.record().session());
      note(message);
      follow(message);
    } else {
      if (message.kind() == Kind.DELTA && message.legible() == Legible.ALL) {
        note(message);
      }
      lose(newest.version());
    }
  }

  private void note(SimulatedMessage message) {
    newest = newer(newest, message.state());
    if (!hasWrongNumber(message)) {
      newestSound = newer(newestSound, message.state());
    }
    newestOf.merge(message.record().session(), message.state(), ProtocolBound::newer);
    hear(message);
  }

  private static TrueState newer(TrueState known, TrueState state) {
    return known == null || state.version() > known.version() ? state : known;
  }

  protected static boolean hasWrongNumber(SimulatedMessage message) {
    return message.note().contains(Damage.WRONG_NUMBER.name());
  }

  private void lose(int version) {
    lostAt = lost ? Math.max(lostAt, version) : version;
    lost = true;
  }

  private void follow(SimulatedMessage snapshot) {
    long session = snapshot.record().session();
    onlyOthersSinceUs = NEVER;
    if (followed != null && followed != session) {
      superseded.add(followed);
    }
    followed = session;
    followedDepth = snapshot.depth();
    lost = false;
    begin(snapshot);
  }

  /** Whether a message that can be read in part is decided by its checksum. */
  protected abstract boolean decidesByChecksum();

  /** Whether a delta of which a level is missing says something new, as far as it tells. */
  protected abstract boolean isNews(SimulatedMessage flawed);

  /** Whether a snapshot ends a loss at a version, as far as anybody can tell. */
  protected abstract boolean heals(SimulatedMessage snapshot, int lostVersion);

  /** A message that can be read, of whatever session and feed. */
  protected abstract void hear(SimulatedMessage message);

  /** The book begins with a snapshot. */
  protected abstract void begin(SimulatedMessage snapshot);

  /** A snapshot, while nothing is known to be lost. */
  protected abstract void takeSnapshot(SimulatedMessage snapshot);

  protected abstract void takeDelta(SimulatedMessage delta);

  /** Whether the book says that it is crossed, which a snapshot of before does not mend. */
  protected void tellCrossed(boolean crossed) {}

  /** Whether what is missing may be unknown, so that a live book may show anything. */
  protected boolean unknowable() {
    return false;
  }

  /** Whether a live book may show a touch for another reason. */
  protected boolean mayShow(LiveTouch touch) {
    return false;
  }

  /** The newest state that a message has led to; null before the first. */
  protected final TrueState newest() {
    return newest;
  }

  /** Whether the book follows a message's session. */
  final boolean follows(SimulatedMessage message) {
    return followed != null && message.record().session() == followed;
  }

  /** Whether the book must not be live now. */
  final boolean mustNotBeLive() {
    return lost || led == null;
  }

  /** Whether a live book may show a touch now. */
  final boolean allows(LiveTouch touch) {
    return !mustNotBeLive()
        && (unknowable()
            || mayShow(touch)
            || touch.isOf(led)
            || touch.isOf(newest)
            || (newestSound != null && touch.isOf(newestSound))
            || touch.isOf(newestOf.get(followed)));
  }

  @Override
  public String toString() {
    return mustNotBeLive()
        ? "must not be live"
        : unknowable() ? "anything" : "either %s or %s".formatted(led, newest);
  }
}
