package io.streamforge.loader.feed;

import static io.streamforge.market.BookUpdate.NO_SEQUENCE;

import io.streamforge.market.BookUpdate;

/**
 * The numbers of a book on one connection: whether the venue has begun to count anew, which shows
 * in several messages in a row that are behind one of before, or in one whole book.
 */
final class LineNumbers {
  private static final int SEVERAL = 3;

  private long newest = NO_SEQUENCE;
  private int behind;

  /** Whether what this connection brings from this message on is of another count. */
  boolean isAnew(BookUpdate update) {
    long number = update.sequence();
    if (update.snapshot()) {
      boolean lower = number < newest;
      newest = number;
      behind = 0;
      return lower;
    }
    boolean follows = update.isLinked() && update.previousSequence() == newest; // and says so
    if (newest == NO_SEQUENCE || number >= newest || follows) {
      newest = number;
      behind = 0;
      return false;
    }
    behind++;
    return behind >= SEVERAL;
  }
}
