package io.streamforge.testkit.exchange;

import io.streamforge.testkit.RawMessage;

/** One connection of a client, in the protocol of its venue. */
abstract class ExchangeSession {
  private final ClientConnection connection;
  private final ExchangeFloor floor;

  ExchangeSession(ClientConnection connection, ExchangeFloor floor) {
    this.connection = connection;
    this.floor = floor;
  }

  final ClientConnection connection() {
    return connection;
  }

  final ExchangeFloor floor() {
    return floor;
  }

  /** The client sent a text. */
  abstract void received(String text);

  /** The client sent a ping or pong frame. */
  void receivedControlFrame(boolean pong) {}

  /** What this client is to be sent for a recorded message that is due; null for nothing. */
  abstract String data(RawMessage message);

  /** Called once a second by the wall clock. */
  void everySecond() {}

  /** Sends the venue's notice that it will close. */
  abstract void notice();

  /** Tells of a symbol that has been listed or delisted, where the venue does so. */
  void listing(String symbol, boolean listed) {}

  /** The newest data once more, which changes nothing, with a further field as long as asked. */
  String padded(String data, int bytes) {
    String begin = data.substring(0, data.length() - 1) + ",\"padding\":\"";
    return begin + "x".repeat(Math.max(0, bytes - begin.length() - 2)) + "\"}";
  }
}
