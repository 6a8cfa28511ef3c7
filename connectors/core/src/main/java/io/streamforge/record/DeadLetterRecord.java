package io.streamforge.record;

import io.streamforge.market.InstrumentNames;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of a record of {@code dead-letters}: where a record came from that could not be used,
 * and why. Its key and its value are that record's own, cut where they are so long that a topic
 * might not take them.
 *
 * @param topic topic that it came from
 * @param partition partition of that topic
 * @param offset offset in that partition
 * @param reason one of the project's own short texts, for example {@code malformed-json}
 * @param venue the venue as it was given; null for none
 * @param traceparent trace context of the record; null for none
 * @param whole what the value was before it was cut; null where it was not
 */
public record DeadLetterRecord(
    String topic,
    int partition,
    long offset,
    String reason,
    String venue,
    String traceparent,
    WholeValue whole) {
  /** A longer value is cut, bytes: half of what Kafka's topics take if nobody says otherwise. */
  public static final int MAX_VALUE_BYTES = 512 << 10;

  /**
   * The largest dead letter, bytes in its topic: beside the value stand a key, headers, and what
   * compression adds to what it cannot compress.
   */
  public static final int MAX_BYTES = MAX_VALUE_BYTES + (8 << 10);

  /** A longer key is cut: no name has more bytes. */
  private static final int MAX_KEY_BYTES = 4 * InstrumentNames.MAX_LENGTH;

  private static final String VALUE_BYTES = "value_bytes";
  private static final String VALUE_SHA256 = "value_sha256";

  /**
   * A value of which a dead letter holds the beginning.
   *
   * @param bytes its length
   * @param sha256 its hash, 64 small hex digits
   */
  public record WholeValue(int bytes, String sha256) {}

  /** A record that could not be used, on its way to the dead letters. */
  public static OutputRecord of(RawRecord record, String reason) {
    byte[] value = record.value();
    WholeValue whole = null;
    if (value != null && value.length > MAX_VALUE_BYTES) {
      whole = new WholeValue(value.length, sha256(value));
      value = Arrays.copyOf(value, MAX_VALUE_BYTES);
    }
    DeadLetterRecord letter =
        new DeadLetterRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            cut(reason),
            cut(record.venue()),
            record.traceparent(),
            whole);
    return new OutputRecord(cut(record.key()), value, -1, letter.headers());
  }

  private static byte[] cut(byte[] key) {
    return key == null || key.length <= MAX_KEY_BYTES ? key : Arrays.copyOf(key, MAX_KEY_BYTES);
  }

  private static String cut(String name) {
    int most = InstrumentNames.MAX_LENGTH;
    if (name == null || name.length() <= most) {
      return name;
    }
    return name.substring(0, Character.isHighSurrogate(name.charAt(most - 1)) ? most - 1 : most);
  }

  private static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
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
    if (whole != null) {
      headers.put(VALUE_BYTES, Integer.toString(whole.bytes));
      headers.put(VALUE_SHA256, whole.sha256);
    }
    return headers;
  }

  /**
   * Reads a record's headers.
   *
   * @throws IOException if they are none of a dead letter
   */
  public static DeadLetterRecord read(Headers headers) throws IOException {
    Map<String, String> texts = HeaderTexts.of(headers);
    try {
      if (texts.containsKey("topic") && texts.containsKey("reason")) {
        return new DeadLetterRecord(
            texts.get("topic"),
            Integer.parseInt(texts.get("partition")),
            Long.parseLong(texts.get("offset")),
            texts.get("reason"),
            texts.get(RawHeaders.VENUE),
            texts.get(RawHeaders.TRACEPARENT),
            texts.containsKey(VALUE_BYTES)
                ? new WholeValue(Integer.parseInt(texts.get(VALUE_BYTES)), texts.get(VALUE_SHA256))
                : null);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IOException("no dead letter: its headers are " + texts.keySet());
  }
}
