package io.streamforge.record;

import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of a record of {@code dead-letters}: where a record came from that could not be used,
 * and why. Its key and its value are that record's own.
 *
 * @param topic topic that it came from
 * @param partition partition of that topic
 * @param offset offset in that partition
 * @param reason one of the project's own short texts, for example {@code malformed-json}
 * @param venue the venue as it was given; null for none
 * @param traceparent trace context of the record; null for none
 */
public record DeadLetterRecord(
    String topic, int partition, long offset, String reason, String venue, String traceparent) {

  /** A record that could not be used, on its way to the dead letters. */
  public static OutputRecord of(RawRecord record, String reason) {
    DeadLetterRecord letter =
        new DeadLetterRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            reason,
            record.venue(),
            record.traceparent());
    return new OutputRecord(record.key(), record.value(), -1, letter.headers());
  }

  /** As headers, in the order in which they stand. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("topic", topic);
    headers.put("partition", Integer.toString(partition));
    headers.put("offset", Long.toString(offset));
    headers.put("reason", reason);
    if (venue != null) {
      headers.put(RawHeaders.VENUE, venue);
    }
    if (traceparent != null) {
      headers.put(RawHeaders.TRACEPARENT, traceparent);
    }
    return headers;
  }

  /**
   * Reads a record's headers.
   *
   * @throws IOException if they are none of a dead letter
   */
  public static DeadLetterRecord read(Headers headers) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Header header : headers) {
      if (header.value() != null) {
        texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    try {
      if (texts.containsKey("topic") && texts.containsKey("reason")) {
        return new DeadLetterRecord(
            texts.get("topic"),
            Integer.parseInt(texts.get("partition")),
            Long.parseLong(texts.get("offset")),
            texts.get("reason"),
            texts.get(RawHeaders.VENUE),
            texts.get(RawHeaders.TRACEPARENT));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IOException("no dead letter: its headers are " + texts.keySet());
  }
}
