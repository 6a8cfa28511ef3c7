package io.streamforge.loader.feed;

/** Is told what a connection brings, by the feed's thread. */
interface LineOwner {
  /** A text message, whole. */
  void message(Line line, byte[] text);

  /** The connection is open, and its subscriptions are being asked for. */
  void up(Line line);

  /** An open connection has ended. */
  void down(Line line);

  /** The connection is to be replaced before it ends. */
  void replace(Line line, String reason);
}
