package io.streamforge.testkit.exchange;

import io.streamforge.testkit.RawMessage;

/** One connection of a client, in the protocol of its venue. */
public abstract class ExchangeSession {
  private final ClientConnection connection;
  private final ExchangeFloor floor;

  protected ExchangeSession(ClientConnection connection, ExchangeFloor floor) {
    this.connection = connection;
    this.floor = floor;
  }

  public final ClientConnection connection() {
    return connection;
  }

  public final ExchangeFloor floor() {
    return floor;
  }

  /** The client sent a text. */
  public abstract void received(String text);

  /** The client sent a ping or pong frame. */
  public void receivedControlFrame(boolean pong) {}

  /** What this client is to be sent for a recorded message that is due; null for nothing. */
  public abstract String data(RawMessage message);

  /** Called once a second by the wall clock. */
  public void everySecond() {}

  /** Sends the venue's notice that it will close. */
  public abstract void notice();

  /** Tells of a symbol that has been listed or delisted, where the venue does so. */
  public void listing(String symbol, boolean listed) {}

  /** The newest data once more, which changes nothing, with a further field as long as asked. */
  public String padded(String data, int bytes) {
    String begin = data.substring(0, data.length() - 1) + ",\"padding\":\"";
    return begin + "x".repeat(Math.max(0, bytes - begin.length() - 2)) + "\"}";
  }
}
