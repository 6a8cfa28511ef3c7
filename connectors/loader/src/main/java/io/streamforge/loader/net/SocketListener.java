package io.streamforge.loader.net;

/** Is told what happens on a WebSocket, by one thread at a time. */
public interface SocketListener {
  void opened(Socket socket);

  /** A whole text message, UTF-8. */
  void message(byte[] text);

  /** The end, whoever wished it; or that there was no beginning. Told once. */
  void closed(Closure closure);

  /**
   * Why a connection has ended.
   *
   * @param reason for people
   * @param retryAfterSeconds how long the venue wants no further attempt, 0 if it does not say
   */
  record Closure(String reason, long retryAfterSeconds) {}
}
