package io.streamforge.engine;

import io.streamforge.book.BookStatus;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Touch;
import io.streamforge.market.Trade;

/**
 * Takes what a {@link MarketEngine} learns from each event, as soon as it is applied. What is told
 * of an instrument follows from the logs of its books and of its trades, each on its own.
 */
public interface MarketTape {

  /** A trade that has not come before, of whatever kind. */
  void trade(Trade trade);

  /**
   * A book is trusted from now on, or is not any more; or a book begins, perhaps not trusted yet.
   *
   * @param by the message that has done it
   * @param sequence the venue's number of the last message applied, {@link BookUpdate#NO_SEQUENCE}
   *     for none
   * @param reason why the book cannot be used; null where it is live
   */
  void trust(BookUpdate by, long sequence, BookStatus status, String reason);

  /**
   * The best levels of a live book, or their quantities, are others than before.
   *
   * @param by the message that has done it
   * @param sequence the venue's number of the last message applied, {@link BookUpdate#NO_SEQUENCE}
   *     for none
   * @param proven whether nothing unknown can stand before them
   */
  void touch(BookUpdate by, long sequence, Touch touch, boolean proven);
}
