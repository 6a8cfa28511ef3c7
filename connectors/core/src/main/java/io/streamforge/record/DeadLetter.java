package io.streamforge.record;

import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record that could not be used: its own key and value, where it came from, and why. */
public final class DeadLetter {
  private DeadLetter() {}

  public static OutputRecord of(RawRecord record, String reason) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("topic", record.topic());
    headers.put("partition", Integer.toString(record.partition()));
    headers.put("offset", Long.toString(record.offset()));
    headers.put("reason", reason);
    if (record.venue() != null) {
      headers.put("venue", record.venue());
    }
    if (record.traceparent() != null) {
      headers.put(RawHeaders.TRACEPARENT, record.traceparent());
    }
    return new OutputRecord(record.key(), record.value(), -1, headers);
  }
}
