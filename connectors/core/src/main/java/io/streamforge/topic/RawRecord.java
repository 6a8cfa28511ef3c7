package io.streamforge.topic;

import java.nio.charset.StandardCharsets;

/**
 * One Kafka record as it came, so that whatever happens to it later its coordinates and bytes are
 * at hand.
 *
 * @param topic topic name
 * @param partition partition number
 * @param offset offset in the partition
 * @param key the record's key, null for none
 * @param value the venue's message, verbatim; null for a heartbeat
 * @param venue header {@code venue}, or the default; null for neither
 * @param receiveTimeUs header {@code receive_time_us}, else the record's timestamp; {@link
 *     #NO_TIME} if that is no time
 * @param traceparent header {@code traceparent}, null where there is none that can be read
 */
public record RawRecord(
    String topic,
    int partition,
    long offset,
    byte[] key,
    byte[] value,
    String venue,
    long receiveTimeUs,
    String traceparent) {

  /** The record has no valid receive time. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** A record that belongs to no trace. */
  public RawRecord(
      String topic,
      int partition,
      long offset,
      byte[] key,
      byte[] value,
      String venue,
      long receiveTimeUs) {
    this(topic, partition, offset, key, value, venue, receiveTimeUs, null);
  }

  public boolean hasReceiveTime() {
    return receiveTimeUs != NO_TIME;
  }

  /** The key as text, null for none. */
  public String keyText() {
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }
}
