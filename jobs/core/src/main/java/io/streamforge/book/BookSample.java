package io.streamforge.book;

/**
 * A book at a sample.
 *
 * @param book the state as of the sample
 * @param status what is published: that state's, or {@code stale}
 * @param timeUs the sample, microseconds since the epoch
 * @param orderFlowImbalance of the interval that ends at the sample, in units of the book's
 *     quantities; NaN where it does not exist
 * @param orderFlowImbalanceBase the same in base units
 * @param orderFlowImbalance1m its sum over the last 60 samples; NaN where fewer than 30 of them
 *     exist
 * @param updates messages applied in the interval
 * @param touchProven whether the best levels held are the venue's, or have been in the interval
 *     before
 */
public record BookSample(
    BookAsOf book,
    BookStatus status,
    long timeUs,
    double orderFlowImbalance,
    double orderFlowImbalanceBase,
    double orderFlowImbalance1m,
    long updates,
    boolean touchProven) {

  /** Whether the book is live and has both prices, proven ones: only then has it features. */
  public boolean hasFeatures() {
    return status == BookStatus.LIVE && touchProven && !Double.isNaN(book.mid());
  }

  /** The mid, NaN where there is none. */
  public double mid() {
    return hasFeatures() ? book.mid() : Double.NaN;
  }
}
