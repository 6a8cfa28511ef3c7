package io.streamforge.testkit.reference;

import java.util.List;

/**
 * What one venue message says of one book; null is what the venue does not say.
 *
 * @param instrument {@code venue:symbol}
 * @param kind what it says
 * @param timed whether the venue gives it a time
 * @param flawed whether a level of it could not be read
 * @param overlapping whether the venue allows a delta to begin before the book's number
 * @param feed which of the instrument's feeds it belongs to; a larger one says more
 * @param session the writer's session, 0 where none is named
 * @param first the first update id in it ({@code U})
 * @param last the last update id in it ({@code u}, {@code lastUpdateId})
 * @param previous the last update id of the message before ({@code pu})
 * @param depth the depth subscribed to
 * @param depthGuessed whether it may be more, as the venue does not say
 * @param checksum the checksum of the book after it
 * @param bids the bid levels in the order sent, quantity 0 takes a level away
 * @param asks the ask levels likewise
 * @param eventTimeUs the venue's time, else the receive time
 */
public record BookMessage(
    String instrument,
    Kind kind,
    boolean timed,
    boolean flawed,
    boolean overlapping,
    int feed,
    long session,
    Long first,
    Long last,
    Long previous,
    Integer depth,
    boolean depthGuessed,
    Long checksum,
    List<Level> bids,
    List<Level> asks,
    long eventTimeUs) {

  /** What a message says. */
  public enum Kind {
    /** Levels that changed. */
    DELTA,
    /** A whole book, taken beside the stream of deltas. */
    SNAPSHOT,
    /** A whole book within the stream of deltas. */
    RESTART,
    /** A subscription was acknowledged. */
    SUBSCRIBED,
    /** The feed's connection has ended. */
    DISCONNECTED,
    /** A message that nobody could read. */
    UNREADABLE
  }

  /**
   * A delta or a whole book with a time of the venue's. A whole book without a number stands in the
   * stream; without lists of levels it is the answer to a subscription.
   */
  public BookMessage(
      String instrument,
      boolean whole,
      Long first,
      Long last,
      Long previous,
      Integer depth,
      boolean depthGuessed,
      int feed,
      Long checksum,
      List<Level> bids,
      List<Level> asks,
      long eventTimeUs) {
    this(
        instrument,
        bids == null
            ? Kind.SUBSCRIBED
            : !whole ? Kind.DELTA : last == null ? Kind.RESTART : Kind.SNAPSHOT,
        true,
        false,
        false,
        feed,
        0,
        first,
        last,
        previous,
        depth,
        depthGuessed,
        checksum,
        bids,
        asks,
        eventTimeUs);
  }

  /** The same of a venue that has one feed of a book and says how deep it is. */
  public BookMessage(
      String instrument,
      boolean whole,
      Long first,
      Long last,
      Long previous,
      Integer depth,
      Long checksum,
      List<Level> bids,
      List<Level> asks,
      long eventTimeUs) {
    this(
        instrument,
        whole,
        first,
        last,
        previous,
        depth,
        false,
        0,
        checksum,
        bids,
        asks,
        eventTimeUs);
  }

  /** Something that happened to a book's feed, by the clock of its receipt. */
  public static BookMessage notice(String instrument, Kind kind, long receiveTimeUs) {
    return new BookMessage(
            instrument, false, null, null, null, null, null, List.of(), List.of(), receiveTimeUs)
        .of(kind)
        .untimed();
  }

  /** The same of another kind. */
  public BookMessage of(Kind other) {
    return with(other, timed, flawed, overlapping, feed, session);
  }

  /** The same, the venue giving it no time. */
  public BookMessage untimed() {
    return with(kind, false, flawed, overlapping, feed, session);
  }

  /** The same, with a level that could not be read. */
  public BookMessage withFlaw() {
    return with(kind, timed, true, overlapping, feed, session);
  }

  /** The same, allowed to begin before the book's number. */
  public BookMessage mayOverlap() {
    return with(kind, timed, flawed, true, feed, session);
  }

  /** The same of a feed. */
  public BookMessage ofFeed(int number) {
    return with(kind, timed, flawed, overlapping, number, session);
  }

  /** The same of a writer's session. */
  public BookMessage inSession(long named) {
    return with(kind, timed, flawed, overlapping, feed, named);
  }

  private BookMessage with(
      Kind kind, boolean timed, boolean flawed, boolean overlapping, int feed, long session) {
    return new BookMessage(
        instrument,
        kind,
        timed,
        flawed,
        overlapping,
        feed,
        session,
        first,
        last,
        previous,
        depth,
        depthGuessed,
        checksum,
        bids,
        asks,
        eventTimeUs);
  }

  /** A whole book in the stream, if it is a whole book. */
  BookMessage inTheStream() {
    return whole() ? of(Kind.RESTART) : this;
  }

  /** Whether it replaces the book. */
  public boolean whole() {
    return kind == Kind.SNAPSHOT || kind == Kind.RESTART;
  }

  /** Whether it tells of a loss and nothing else. */
  public boolean isNotice() {
    return kind == Kind.DISCONNECTED || kind == Kind.UNREADABLE;
  }

  /** The number that it follows: named, or one less than the first in it; else null. */
  Long follows() {
    return previous != null ? previous : first != null ? (Long) (first - 1) : null;
  }

  /** Whether it names its number and the one before. */
  boolean linked() {
    return last != null && follows() != null;
  }
}
