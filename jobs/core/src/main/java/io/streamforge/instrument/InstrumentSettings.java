package io.streamforge.instrument;

import io.streamforge.book.BookLimits;
import io.streamforge.market.InstrumentRegistry;
import java.io.Serializable;
import java.util.Map;

/**
 * What the state of an instrument depends on beside its messages. Times are in microseconds.
 *
 * @param intervalUs distance between samples
 * @param idleAfterUs an instrument without a message for so long publishes no samples
 * @param forgetAfterUs an instrument without a message for so long is forgotten
 * @param staleAfterUs a book without a message for so long is stale
 * @param staleAfterUsByVenue the same for the venues that differ
 * @param book how much of a book is kept
 * @param resyncRetryUs time between two requests for a snapshot while one incident lasts
 * @param resyncSpreadUs time over which the first requests of many instruments are spread
 * @param cacheBytes memory for the books of a subtask; those used least recently leave it
 * @param registry what the instruments are
 */
public record InstrumentSettings(
    long intervalUs,
    long idleAfterUs,
    long forgetAfterUs,
    long staleAfterUs,
    Map<String, Long> staleAfterUsByVenue,
    BookLimits book,
    long resyncRetryUs,
    long resyncSpreadUs,
    long cacheBytes,
    InstrumentRegistry registry)
    implements Serializable {

  /** How long a live book of a venue may be without a message. */
  public long staleAfterUs(String venue) {
    return staleAfterUsByVenue.getOrDefault(venue, staleAfterUs);
  }
}
