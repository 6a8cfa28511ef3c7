package io.streamforge.engine;

import io.streamforge.testkit.simulated.SimulatedMessage;
import io.streamforge.testkit.simulated.SimulatedMessage.Kind;
import io.streamforge.testkit.simulated.SimulatedVenue;
import io.streamforge.testkit.simulated.SimulatedVenue.Rule;
import io.streamforge.testkit.simulated.TrueState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where messages are numbered: after a delta with a number above all others a live book shows the
 * state that it led to. So a wrong live book ends at the next such message.
 *
 * <p>Numbers that are not above all others say nothing new, and the book may stand still, until it
 * is known that the venue counts anew. Where each message names the one before, that is at one
 * delta whose time is more than a second above the newest applied one's and that does not name it.
 * Elsewhere it is at the third in a row. While none has been applied since a snapshot, whose time
 * says nothing, the time is ten seconds above the first delta's that is behind it. From then on
 * only the newest state will do.
 *
 * <p>A snapshot in the stream begins the book anew whatever its number. So may any snapshot after a
 * hole in the numbers, {@code disconnected} or a message whose number could not be read: the next
 * delta tells whether it was an old one. A snapshot with a wrong number hides what came or comes:
 * the book may show anything until the next snapshot that counts.
 */
final class NumberedBound extends ProtocolBound {
  private static final long ANEW_AFTER_US = 1_000_000;
  private static final long SNAPSHOT_LEAD_US = 10_000_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final SimulatedVenue venue;
  private final int proofs;
  private final boolean links;
  private long top;
  private long appliedUs;
  private long firstBehindUs;
  private int fellBack;
  private boolean hole;
  private boolean misled;
  private boolean farAhead;

  /** What snapshots may have begun the book with since. */
  private final List<TrueState> maybes = new ArrayList<>();

  /** By session: the delta with the highest sound number, which a snapshot's book ends with. */
  private final Map<Long, SimulatedMessage> highest = new HashMap<>();

  /** The same of all numbers. */
  private final Map<Long, SimulatedMessage> highestOfAll = new HashMap<>();

  /** Deltas with wrong numbers. */
  private final List<SimulatedMessage> wrong = new ArrayList<>();

  NumberedBound(SimulatedVenue venue) {
    this.venue = venue;
    links = venue.rule() == Rule.LINKED;
    proofs = links ? 1 : 3;
  }

  @Override
  protected boolean decidesByChecksum() {
    return venue.checked();
  }

  @Override
  protected boolean isNews(SimulatedMessage flawed) {
    return flawed.number() > top || isLinked(flawed);
  }

  private boolean isLinked(SimulatedMessage delta) {
    return links && delta.previous() == top;
  }

  @Override
  protected boolean heals(SimulatedMessage snapshot, int lostVersion) {
    return true;
  }

  @Override
  protected boolean unknowable() {
    return misled;
  }

  @Override
  protected void hear(SimulatedMessage message) {
    if (message.kind() == Kind.DELTA) {
      long session = message.record().session();
      highestOfAll.merge(session, message, NumberedBound::higher);
      if (hasWrongNumber(message)) {
        wrong.add(message);
      } else {
        highest.merge(session, message, NumberedBound::higher);
      }
    }
  }

  /** Whether a kept delta with a wrong number may stand where a sound one belongs. */
  private boolean isTakenForAnother(SimulatedMessage snapshot) {
    SimulatedMessage sound = highest.get(snapshot.record().session());
    return sound != null
        && wrong.stream()
            .anyMatch(
                delta ->
                    delta.record().session() == snapshot.record().session()
                        && delta.number() > snapshot.number()
                        && delta.number() <= sound.number());
  }

  private static SimulatedMessage higher(SimulatedMessage known, SimulatedMessage delta) {
    return delta.number() > known.number() ? delta : known;
  }

  @Override
  protected void begin(SimulatedMessage snapshot) {
    boolean lower = snapshot.number() < top;
    led = snapshot.state();
    top = snapshot.number();
    appliedUs = NEVER;
    firstBehindUs = NEVER;
    fellBack = 0;
    hole = lower;
    misled = hasWrongNumber(snapshot) || isTakenForAnother(snapshot);
    farAhead = false;
    maybes.clear();
    long session = snapshot.record().session();
    if (venue.snapshotsInStream()) {
      highest.remove(session);
      highestOfAll.remove(session);
    } else if (highest.containsKey(session) && highest.get(session).number() > top) {
      maybes.add(led);
      led = highest.get(session).state();
      top = highest.get(session).number();
    }
    SimulatedMessage claimed = highestOfAll.get(session);
    if (claimed != null && claimed.number() > top) { // wrong numbers, but who can tell
      maybes.add(claimed.state());
      top = claimed.number();
      farAhead = true;
    }
  }

  @Override
  protected void takeSnapshot(SimulatedMessage snapshot) {
    if (venue.snapshotsInStream() || snapshot.number() >= top) {
      begin(snapshot);
    } else if (hole) {
      maybes.add(snapshot.state());
      appliedUs = NEVER;
      firstBehindUs = NEVER;
      fellBack = 0;
      misled |= hasWrongNumber(snapshot);
    }
  }

  @Override
  protected void takeDelta(SimulatedMessage delta) {
    if (delta.number() > top || isLinked(delta)) {
      misled |= farAhead && delta.previous() < top; // it spans what has been passed over
      lead(delta);
      return;
    }
    hole |= delta.state().version() > led.version(); // the book may know that it counts anew
    if (delta.number() == top) {
      return; // it says what the book says, and nothing of a new count
    }
    if (farAhead) {
      maybes.add(delta.state()); // what was far ahead may have been disregarded as absurd
    }
    fellBack = isLater(delta.state().timeUs()) ? fellBack + 1 : 0;
    if (fellBack >= proofs) {
      lead(delta);
      highest.put(delta.record().session(), delta);
      highestOfAll.put(delta.record().session(), delta);
      led = newest();
      misled = false;
      if (venue.checked()) {
        maybes.add(delta.state()); // its checksum decides, until the next one
      }
    }
  }

  private void lead(SimulatedMessage delta) {
    hole |= delta.previous() > top;
    farAhead = hasWrongNumber(delta);
    TrueState before = led;
    led = delta.state();
    top = delta.number();
    appliedUs = delta.state().timeUs();
    fellBack = 0;
    maybes.clear();
    if (farAhead) {
      maybes.add(before); // an old one that is told to be new changes nothing
    }
  }

  @Override
  protected boolean mayShow(LiveTouch touch) {
    return maybes.stream().anyMatch(touch::isOf)
        || highest.values().stream().anyMatch(delta -> touch.isOf(delta.state()));
  }

  private boolean isLater(long timeUs) {
    if (appliedUs != NEVER) {
      return timeUs > appliedUs + ANEW_AFTER_US;
    }
    if (firstBehindUs == NEVER) {
      firstBehindUs = timeUs;
    }
    return timeUs > firstBehindUs + SNAPSHOT_LEAD_US;
  }
}
