package io.streamforge.engine;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;

/**
 * Reads messages as a book without any detection would: every delta is applied, every snapshot
 * replaces the book, and what is said of the feed is passed over.
 */
final class Trusting {
  private Trusting() {}

  /** The message without numbers, checksum, session and feed; null for none. */
  static BookUpdate read(BookUpdate update) {
    if (update.kind() != BookUpdate.Kind.DELTA && !update.snapshot()) {
      return null;
    }
    BookUpdateBuilder builder = new BookUpdateBuilder().begin();
    if (update.snapshot()) {
      builder.snapshot(BookUpdate.NO_SEQUENCE).depth(update.depth());
      builder.complete(update.bidsComplete(), update.asksComplete());
    }
    for (int i = 0; i < update.levels(); i++) {
      builder.level(
          i < update.bids(),
          update.price(i),
          update.priceScale(),
          update.quantity(i),
          update.quantityScale());
    }
    return builder.build(update.instrument(), update.eventTimeUs(), update.effectiveTimeUs());
  }
}
