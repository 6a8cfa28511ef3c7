package io.streamforge.engine;

import io.streamforge.testkit.simulated.SimulatedMessage;

/**
 * Where nothing is numbered but each message carries a checksum of the best levels: after a message
 * a live book shows the state that the message led to, though an older message may lead back. So a
 * wrong live book ends at the next checksum.
 */
final class CheckedBound extends ProtocolBound {

  @Override
  protected void begin(SimulatedMessage snapshot) {
    led = snapshot.state();
  }

  @Override
  protected void takeSnapshot(SimulatedMessage snapshot) {
    led = snapshot.state();
  }

  @Override
  protected void takeDelta(SimulatedMessage delta) {
    led = delta.state();
  }

  @Override
  protected boolean decidesByChecksum() {
    return true;
  }
}
