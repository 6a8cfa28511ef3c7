package io.streamforge.record;

import io.streamforge.market.BookUpdate;
import java.util.List;

/** Writes {@link SymbolFeaturesRecord}s. Not thread-safe. */
public final class SymbolFeaturesWriter {
  private final String[] names;
  private final long intervalUs;
  private final CanonicalJson json = new CanonicalJson();

  /**
   * @param names of the features, in the order in which they are written
   * @param intervalUs time between two samples, microseconds
   */
  public SymbolFeaturesWriter(List<String> names, long intervalUs) {
    this.names = names.toArray(new String[0]);
    this.intervalUs = intervalUs;
  }

  /**
   * The record's bytes.
   *
   * @param instrument {@code venue:symbol}
   * @param timeUs the sample, microseconds since the epoch
   * @param book {@code live}, or why the book has no features
   * @param sequence the venue's number of the last book message, or {@link BookUpdate#NO_SEQUENCE}
   * @param features in the order of their names, NaN where one does not exist
   */
  public byte[] write(
      String instrument, long timeUs, String book, long sequence, double[] features) {
    if (features.length != names.length) {
      throw new IllegalArgumentException(
          instrument + " has " + features.length + " features, not " + names.length);
    }
    json.startObject();
    json.name("schema").string(SymbolFeaturesRecord.SCHEMA);
    json.name("instrument").string(instrument);
    json.name("time_us").number(timeUs);
    json.name("interval_us").number(intervalUs);
    json.name("book").string(book);
    json.name("sequence").sequence(sequence);
    json.name("features").startObject();
    for (int i = 0; i < names.length; i++) {
      json.name(names[i]).number(features[i]);
    }
    json.endObject();
    json.endObject();
    return json.toBytes();
  }
}
