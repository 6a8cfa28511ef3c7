package io.streamforge.engine;

import io.streamforge.testkit.simulated.SimulatedMessage;

/**
 * Where nothing is numbered but each message carries a checksum of the best levels: after a message
 * a live book shows the state that the message led to, though an older message may lead back. So a
 * wrong live book ends at the next checksum. Any snapshot begins the book anew.
 */
final class CheckedBound extends ProtocolBound {

  @Override
  protected boolean decidesByChecksum() {
    return true;
  }

  @Override
  protected boolean isNews(SimulatedMessage flawed) {
    return true;
  }

  @Override
  protected boolean heals(SimulatedMessage snapshot, int lostVersion) {
    return true;
  }

  @Override
  protected void hear(SimulatedMessage message) {
    // The next checksum says all.
  }

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
}
