package io.streamforge.instrument;

import io.streamforge.book.BookStatus;
import io.streamforge.market.Instrument;
import io.streamforge.mid.MidChange;
import java.util.List;

/**
 * What is published of one instrument at one sample.
 *
 * @param timeUs the sample, microseconds since the epoch
 * @param sequence venue's number of the last book message, or {@link
 *     io.streamforge.market.BookUpdate#NO_SEQUENCE}
 * @param mid NaN where there is none
 * @param logReturn of the mid since the sample before, NaN where there is none
 * @param features in the order of {@link NodeFeatures#NAMES}, NaN where one does not exist; as
 *     {@link NodeFeatures#of measured} while the quote's rate is not known yet
 * @param changes of the mid within the interval, oldest first; they go to the graph only
 */
public record SymbolSample(
    Instrument instrument,
    long timeUs,
    BookStatus status,
    long sequence,
    double mid,
    double logReturn,
    double[] features,
    List<MidChange> changes) {

  /** The same sample, published at a rate: reference units for one quote unit, NaN for none. */
  public SymbolSample at(double rate) {
    double[] published = NodeFeatures.inReference(features, rate);
    return new SymbolSample(
        instrument, timeUs, status, sequence, mid, logReturn, published, changes);
  }
}
