package io.streamforge.bench.store;

import io.streamforge.market.BookUpdate;
import java.util.List;

/**
 * What the contestants are fed: messages of books, in memory. Trades are left out, because they
 * keep nothing in a book.
 *
 * @param events effective times do not run backwards; every book begins with a snapshot
 * @param measuredFrom the event behind the last book's first snapshot: what is before fills the
 *     store and is not measured
 */
record StoreInput(String name, int instruments, List<BookUpdate> events, int measuredFrom) {

  /** Messages that are measured. */
  int measured() {
    return events.size() - measuredFrom;
  }

  /** Levels a measured message in the mean. */
  double levelsPerMessage() {
    return events.subList(measuredFrom, events.size()).stream()
        .mapToInt(BookUpdate::levels)
        .average()
        .orElse(0);
  }
}
