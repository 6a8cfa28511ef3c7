package io.streamforge.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;

/**
 * A record of {@code book-resync}: a request for a snapshot of a book, which whoever owns the feed
 * answers on the topic of order books. Its key is the symbol as the venue writes it, its header
 * {@code venue} the venue, its Kafka timestamp the sample in milliseconds. {@link BookResyncWriter}
 * writes it; this reads it.
 *
 * @param schema {@value #SCHEMA}
 * @param instrument {@code venue:symbol}
 * @param reason {@code gap}, {@code checksum-mismatch}, {@code crossed} or {@code no-snapshot}
 * @param expected the venue's number that should have come; null where that says nothing
 * @param received the number that came instead; null where that says nothing
 * @param timeUs the sample, microseconds since the epoch
 */
public record BookResyncRecord(
    String schema,
    String instrument,
    String reason,
    Long expected,
    Long received,
    @JsonProperty("time_us") long timeUs) {
  /** The name of this form. */
  public static final String SCHEMA = "book-resync/1";

  private static final ObjectReader READER = RecordJson.readerFor(BookResyncRecord.class);

  /**
   * Reads a record's value.
   *
   * @throws IOException if it is none of {@value #SCHEMA}
   */
  public static BookResyncRecord read(byte[] value) throws IOException {
    BookResyncRecord record = READER.readValue(value);
    RecordJson.expect(SCHEMA, record == null ? null : record.schema);
    if (record.instrument == null || record.reason == null) {
      throw new IOException("no record of " + SCHEMA + ": instrument or reason is missing");
    }
    return record;
  }
}
