package io.streamforge.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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

  private static final JsonFactory JSON = new JsonFactory();

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

  /**
   * What a record says of its book.
   *
   * @param status {@code live}, or why the book has no features
   */
  public record Trust(String instrument, long timeUs, String status) {}

  /**
   * Reads of a record's value what it says of its book, without the features behind it.
   *
   * @throws IOException if it is none of {@value #SCHEMA}
   */
  public static Trust trust(byte[] value) throws IOException {
    String schema = null;
    String instrument = null;
    String book = null;
    long timeUs = Long.MIN_VALUE;
    try (JsonParser json = JSON.createParser(value)) {
      json.nextToken();
      while (book == null && json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "schema" -> schema = json.getText();
          case "instrument" -> instrument = json.getText();
          case "time_us" -> timeUs = json.getLongValue();
          case "book" -> book = json.getText();
          default -> json.skipChildren();
        }
      }
    }
    RecordJson.expect(SCHEMA, schema);
    if (instrument == null || book == null || timeUs == Long.MIN_VALUE) {
      throw new IOException("no record of " + SCHEMA + ": instrument, time_us or book is missing");
    }
    return new Trust(instrument, timeUs, book);
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
