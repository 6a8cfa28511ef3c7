package io.streamforge.marketgraph;

import io.streamforge.instrument.Incident;
import io.streamforge.market.Instrument;
import io.streamforge.record.BookResyncWriter;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.Traceparent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests for a snapshot as records of {@code book-resync}. */
final class BookResync {
  private final BookResyncWriter writer = new BookResyncWriter();

  /**
   * The largest request that there can be.
   *
   * @param instrument the one of the longest name
   */
  OutputRecord largest(Instrument instrument) {
    String traceparent = "0".repeat(Traceparent.LENGTH);
    Incident incident =
        new Incident(
            Incident.Reason.CHECKSUM_MISMATCH,
            0,
            Long.MIN_VALUE,
            Long.MIN_VALUE,
            traceparent,
            0,
            0);
    return request(instrument, incident, Long.MAX_VALUE);
  }

  /**
   * A request at a sample: whoever owns the feed answers by a snapshot on the topic of order books.
   */
  OutputRecord request(Instrument instrument, Incident incident, long sampleUs) {
    byte[] value =
        writer.write(
            instrument.id(),
            incident.reason().text(),
            incident.expected(),
            incident.received(),
            sampleUs);
    return new OutputRecord(
        instrument.symbol().getBytes(StandardCharsets.UTF_8),
        value,
        sampleUs / 1000,
        headers(instrument, incident));
  }

  private static Map<String, String> headers(Instrument instrument, Incident incident) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(RawHeaders.VENUE, instrument.venue());
    if (incident.traceparent() != null) {
      headers.put(RawHeaders.TRACEPARENT, incident.traceparent());
    }
    return headers;
  }
}
