package io.streamforge.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A record on its way to a topic.
 *
 * @param key the record's key, null for none
 * @param value the record's value, null for none
 * @param timestampMs Kafka timestamp, milliseconds since the epoch; −1 to let the producer set it
 * @param headers texts that may change from run to run, which a value may not
 */
public record OutputRecord(
    byte[] key, byte[] value, long timestampMs, Map<String, String> headers) {
  /** Of a batch, and of the one record in it: lengths as variable-length integers. */
  private static final int FRAME = 61 + 5 + 1 + 10 + 5 + 5 + 5 + 5;

  private static final int HEADER_FRAME = 5 + 5;

  /** Bytes that it has at most as a batch of its own in a topic, before compression. */
  public long sizeInLog() {
    long size = FRAME;
    size += length(key);
    size += length(value);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      size += HEADER_FRAME;
      size += length(utf8(header.getKey()));
      size += length(utf8(header.getValue()));
    }
    return size;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
