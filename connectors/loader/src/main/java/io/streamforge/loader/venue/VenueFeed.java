package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How one venue is subscribed, and how its answers are read. The messages of its market are read by
 * the decoder of the same name ({@code io.streamforge.wire}). Has no state.
 */
public interface VenueFeed {
  /** The message does not number the connection's messages. */
  long NO_NUMBER = -1;

  /** What holds of the venue. */
  VenueFacts facts();

  /** The name that stands in the header {@code venue}. */
  default String venue() {
    return facts().venue();
  }

  /** What the venue allows. */
  default VenueLimits limits() {
    return facts().limits();
  }

  /** A symbol as the venue's messages write it, where requests may write it otherwise. */
  default String written(String symbol) {
    return symbol;
  }

  /** The address to connect to, from {@link VenueFacts#socket} or what stands in for it. */
  default URI address(URI base) {
    return base;
  }

  /**
   * Texts that subscribe, or that end subscriptions.
   *
   * @param begin whether they subscribe
   * @param depth one of {@link VenueFacts#depths}
   * @param firstId the first request's number; those behind it count on
   */
  List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId);

  /** The channel of a message of the market; null if it is none. */
  Channel channel(JsonNode message);

  /** What a message says that is neither book nor trade. */
  Control read(JsonNode message);

  /** The text of a ping; empty if none is sent. */
  default Optional<String> ping(long id) {
    return Optional.empty();
  }

  /**
   * Whether the messages of a book have numbers, the same on every connection. So copies of several
   * connections can be merged, and where each names the one before it, a hole shows.
   */
  default boolean numbersBooks() {
    return false;
  }

  /**
   * The number of a message among all of its connection, or {@link #NO_NUMBER}. They count by one,
   * so that a hole is a loss.
   */
  default long connectionNumber(byte[] message) {
    return NO_NUMBER;
  }

  /** Whether whole books are had by requests; else they come with a subscription. */
  default boolean answersRequests() {
    return limits().weightPerMinute() > 0;
  }

  /** The text that answers a ping, where it is no JSON. */
  default Optional<String> pong() {
    return Optional.empty();
  }

  /**
   * The request for a whole book; empty if the venue sends one on subscription alone.
   *
   * @param base {@link VenueFacts#rest}, or what stands in for it
   * @param depth levels a side
   * @param id by which an answer on the connection names it
   */
  default Optional<BookRequest> book(URI base, String symbol, int depth, long id) {
    return Optional.empty();
  }

  /**
   * A request for a whole book.
   *
   * @param address of REST; null where it is a text on the book's connection
   * @param text null where there is an address
   * @param weight in units of {@link VenueLimits#weightPerMinute}
   */
  record BookRequest(URI address, String text, int weight) {}
}
