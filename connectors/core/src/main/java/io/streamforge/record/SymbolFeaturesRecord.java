package io.streamforge.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.Map;

/**
 * A record of {@code symbol-features}: one instrument at one sample. Its key is the instrument, its
 * Kafka timestamp the sample in milliseconds. {@link SymbolFeaturesWriter} writes it; this reads
 * it, off the hot path.
 *
 * @param schema {@value #SCHEMA}
 * @param instrument {@code venue:symbol}
 * @param timeUs the sample, microseconds since the epoch
 * @param intervalUs time between two samples, microseconds
 * @param book {@code live}, or why the book has no features
 * @param sequence the venue's number of the last book message; null where it numbers nothing
 * @param features by name, in the catalogue's units; null where one does not exist
 */
public record SymbolFeaturesRecord(
    String schema,
    String instrument,
    @JsonProperty("time_us") long timeUs,
    @JsonProperty("interval_us") long intervalUs,
    String book,
    Long sequence,
    Map<String, Double> features) {
  /** The name of this form. */
  public static final String SCHEMA = "symbol-features/1";

  private static final ObjectReader READER = RecordJson.readerFor(SymbolFeaturesRecord.class);

  /**
   * Reads a record's value.
   *
   * @throws IOException if it is none of {@value #SCHEMA}
   */
  public static SymbolFeaturesRecord read(byte[] value) throws IOException {
    SymbolFeaturesRecord record = READER.readValue(value);
    RecordJson.expect(SCHEMA, record == null ? null : record.schema);
    if (record.instrument == null || record.book == null || record.features == null) {
      throw new IOException("no record of " + SCHEMA + ": instrument, book or features is missing");
    }
    return record;
  }

  /** Whether the book can be trusted as of the sample. */
  public boolean isLive() {
    return book.equals("live");
  }

  /** A feature; NaN where it does not exist, or the record has none of that name. */
  public double feature(String name) {
    Double value = features.get(name);
    return value == null ? Double.NaN : value;
  }
}
