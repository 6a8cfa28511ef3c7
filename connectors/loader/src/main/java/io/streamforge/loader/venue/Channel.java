package io.streamforge.loader.venue;

/** What is subscribed of a symbol. */
public enum Channel {
  /** The order book: a snapshot and its changes. */
  BOOK,
  /** Each trade. */
  TRADES
}
