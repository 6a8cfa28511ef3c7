package io.streamforge.instrument;

import io.streamforge.book.BookAsOf;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The book as of the end of an interval that held messages, with what they summed up to.
 *
 * @param sampleUs end of the interval, microseconds since the epoch
 * @param imbalance order flow imbalance, base units; NaN of a feed that sends whole books alone
 * @param updates messages applied
 * @param unprovenUs the first of the samples at which the touch has been unproven; {@link
 *     Long#MAX_VALUE} if it is proven
 * @param incident what the feed has to repair, null for nothing
 */
record BookCapture(
    long sampleUs,
    BookAsOf book,
    double imbalance,
    long updates,
    long unprovenUs,
    Incident incident) {

  /** Before the first message. */
  static final BookCapture NOTHING =
      new BookCapture(Long.MIN_VALUE, BookAsOf.NOTHING, 0, 0, Long.MAX_VALUE, null);

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(sampleUs);
    book.writeTo(out);
    out.writeDouble(imbalance);
    out.writeLong(updates);
    out.writeLong(unprovenUs);
    Incident.write(incident, out);
  }

  static BookCapture readFrom(DataInput in) throws IOException {
    return new BookCapture(
        in.readLong(),
        BookAsOf.readFrom(in),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        Incident.read(in));
  }
}
