package io.streamforge.loader.net;

/** An open WebSocket. */
public interface Socket {
  /** Sends a text once those before it are sent; a failure closes the socket. */
  void send(String text);

  /** Ends the connection at once; the listener is told. */
  void abort(String reason);
}
