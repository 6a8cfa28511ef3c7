package io.streamforge.record;

import io.streamforge.market.BookUpdate;

/** Writes {@link BookResyncRecord}s. Not thread-safe. */
public final class BookResyncWriter {
  private final CanonicalJson json = new CanonicalJson();

  /**
   * The record's bytes.
   *
   * @param instrument {@code venue:symbol}
   * @param reason why the book cannot be used
   * @param expected the venue's number that should have come, or {@link BookUpdate#NO_SEQUENCE}
   * @param received the number that came instead, or {@link BookUpdate#NO_SEQUENCE}
   * @param timeUs the sample, microseconds since the epoch
   */
  public byte[] write(String instrument, String reason, long expected, long received, long timeUs) {
    json.startObject();
    json.name("schema").string(BookResyncRecord.SCHEMA);
    json.name("instrument").string(instrument);
    json.name("reason").string(reason);
    json.name("expected").sequence(expected);
    json.name("received").sequence(received);
    json.name("time_us").number(timeUs);
    json.endObject();
    return json.toBytes();
  }
}
