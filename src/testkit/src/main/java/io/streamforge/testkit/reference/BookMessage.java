package io.streamforge.testkit.reference;

import java.util.List;

/**
 * What one venue message says of one book; null is what the venue does not say.
 *
 * @param instrument {@code venue:symbol}
 * @param snapshot whether it replaces the book
 * @param first the first update id in it ({@code U})
 * @param last the last update id in it ({@code u}, {@code lastUpdateId})
 * @param previous the last update id of the message before ({@code pu})
 * @param depth the depth subscribed to
 * @param depthGuessed whether it may be more, as the venue does not say
 * @param feed the feed that it belongs to, of those that the venue has of one book
 * @param checksum the checksum of the book after it
 * @param bids the bid levels in the order sent, quantity 0 takes a level away; null in the answer
 *     to a subscription, which says how deep the book is
 * @param asks the ask levels likewise
 * @param eventTimeUs the venue's time, else the receive time
 */
public record BookMessage(
    String instrument,
    boolean snapshot,
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

  /** Of a venue that has one feed of a book. */
  BookMessage(
      String instrument,
      boolean snapshot,
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
        snapshot,
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
}
