package io.streamforge.marketgraph;

import io.streamforge.instrument.Incident;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.record.CanonicalJson;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes requests for a snapshot as records {@code book-resync/1}. */
final class BookResync {
  private final CanonicalJson json = new CanonicalJson();

  /**
   * A request at a sample: whoever owns the feed answers by a snapshot on the topic of order books.
   */
  OutputRecord request(Instrument instrument, Incident incident, long sampleUs) {
    json.startObject();
    json.name("schema").string("book-resync/1");
    json.name("instrument").string(instrument.id());
    json.name("reason").string(incident.reason().text());
    sequence("expected", incident.expected());
    sequence("received", incident.received());
    json.name("time_us").number(sampleUs);
    json.endObject();
    return new OutputRecord(
        instrument.symbol().getBytes(StandardCharsets.UTF_8),
        json.toBytes(),
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

  private void sequence(String name, long sequence) {
    json.name(name);
    if (sequence == BookUpdate.NO_SEQUENCE) {
      json.nothing();
    } else {
      json.number(sequence);
    }
  }
}
