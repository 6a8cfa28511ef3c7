package io.streamforge.loader.watch;

import io.streamforge.loader.venue.Channel;

/** Is told what happens to feeds, by their threads. */
public interface FeedWatch {
  /** A connection is open. */
  void connected(String venue, String line);

  /** A connection has ended, or could not be made. */
  void disconnected(String venue, String line, String reason, long againInMs);

  /** Another connection is made before this one is closed. */
  void moving(String venue, String line, String reason);

  /** A subscription was not acknowledged in time, and is asked for again. */
  void unacknowledged(String venue, int subscriptions);

  /** The venue refuses a subscription. */
  void refused(String venue, String symbol, String reason);

  /** The venue lists a symbol of the feed, or lists it no more. */
  void listed(String venue, String symbol, boolean listed);

  /** What the venue lists could not be had; it is asked for again. */
  void listingFailed(String venue, String reason);

  /**
   * A message of the market.
   *
   * @param lagUs from the venue's time to its receipt; 0 where the venue gives no time
   */
  void message(String venue, Channel channel, int bytes, long lagUs);

  /** A message that was read in part, or not at all and so not written. */
  void unreadable(String venue, String reason, boolean written);

  /** A message of no known form, which was not written. */
  void unknown(String venue);

  /** A message that names several symbols, which was not written. */
  void severalSymbols(String venue);

  /** A book's messages have a hole. */
  void gap(String venue, String symbol);

  /** Which connection's copy of a message was written, where there are several. */
  void share(String venue, String line);

  /** A whole book is asked for. */
  void bookRequested(String venue, String symbol, String reason);

  /** A request for a whole book failed; it is made again. */
  void bookRequestFailed(String venue, String symbol, String reason);

  /**
   * How much of the budget of REST requests is used.
   *
   * @param share 0 to 1
   */
  void budgetUsed(String venue, double share);

  /**
   * Trades by their ids, where these count by one.
   *
   * @param missing ids that were passed over
   */
  void trades(String venue, int seen, long missing);

  /** How many books there are, and how many of them have had a snapshot in their session. */
  void books(String venue, int begun, int all);
}
