package io.streamforge.loader.feed;

import static io.streamforge.market.BookUpdate.NO_SEQUENCE;

import io.streamforge.market.BookUpdate;

/**
 * What one connection has brought of a book: since when, until when, and whether the venue has
 * begun to count anew. That shows in several messages in a row that are behind one of before, or in
 * one whole book.
 */
final class LineNumbers {
  private static final int SEVERAL = 3;

  private final long firstUs;
  private long lastUs;
  private long newest = NO_SEQUENCE;
  private int behind;

  /**
   * @param timeUs when its first message came
   */
  LineNumbers(long timeUs) {
    firstUs = timeUs;
    lastUs = timeUs;
  }

  /** Whether what this connection brings from this message on is of another count. */
  boolean isAnew(BookUpdate update, long timeUs) {
    lastUs = timeUs;
    long number = update.sequence();
    if (update.snapshot()) {
      boolean lower = number < newest;
      newest = number;
      behind = 0;
      return lower;
    }
    if (!update.isLinked()) {
      return false; // these come out of order, too
    }
    boolean follows = update.previousSequence() == newest; // and says so
    if (newest == NO_SEQUENCE || number >= newest || follows) {
      newest = number;
      behind = 0;
      return false;
    }
    behind++;
    return behind >= SEVERAL;
  }

  /** Whether it brought the book already when another brought its last message. */
  boolean overlaps(LineNumbers ended) {
    return firstUs < ended.lastUs;
  }
}
