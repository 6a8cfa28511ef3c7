package io.streamforge.engine;

import io.streamforge.testkit.simulated.SimulatedMessage;
import io.streamforge.testkit.simulated.SimulatedVenue;
import io.streamforge.testkit.simulated.SimulatedVenue.Rule;

/**
 * Where messages are numbered: after a message with a number above all others a live book shows the
 * state that it led to. So a wrong live book ends at the next such message.
 *
 * <p>Numbers that are not above all others say nothing new, and the book may stand still, until it
 * is known that the venue counts anew. Where each message names the one before, that is at one delta
 * whose time is more than a second above the newest one's and that does not name it. Elsewhere it is
 * at the third in a row. From then on only the newest state will do.
 */
final class NumberedBound extends ProtocolBound {
  private static final long ANEW_AFTER_US = 1_000_000;

  private final SimulatedVenue venue;
  private final int proofs;
  private final boolean links;
  private long top;
  private long topTimeUs;
  private int fellBack;

  NumberedBound(SimulatedVenue venue) {
    this.venue = venue;
    links = venue.rule() == Rule.LINKED;
    proofs = links ? 1 : 3;
  }

  @Override
  protected void begin(SimulatedMessage snapshot) {
    follow(snapshot);
  }

  @Override
  protected void takeSnapshot(SimulatedMessage snapshot) {
    if (venue.snapshotsInStream() || snapshot.number() > top) {
      follow(snapshot);
    }
  }

  private void follow(SimulatedMessage message) {
    led = message.state();
    top = message.number();
    topTimeUs = Math.max(topTimeUs, message.record().receiveTimeUs());
    fellBack = 0;
  }

  @Override
  protected void takeDelta(SimulatedMessage delta) {
    if (delta.number() > top || (links && delta.previous() == top)) {
      led = delta.state();
      top = delta.number();
      topTimeUs = delta.state().timeUs();
      fellBack = 0;
      return;
    }
    boolean later = delta.state().timeUs() > topTimeUs + ANEW_AFTER_US;
    fellBack = later ? fellBack + 1 : 0;
    if (fellBack >= proofs) {
      led = newest();
      top = delta.number();
      topTimeUs = delta.state().timeUs();
      fellBack = 0;
    }
  }
}
