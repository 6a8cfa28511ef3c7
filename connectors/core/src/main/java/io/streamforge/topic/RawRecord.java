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
 * @param receiveTimeUs header {@code receive_time_us}, else the record's timestamp, and no further
 *     from the broker's clock than is allowed; {@link #NO_TIME} if that is no time
 * @param traceparent header {@code traceparent}, null where there is none that can be read
 * @param session hash of the header {@code connection}, 0 without one
 * @param event header {@code event}, what a record without a value says; null for none
 * @param clockChecked whether the receive time was held against the clock of the broker, which
 *     wrote the record's timestamp
 */
public record RawRecord(
    String topic,
    int partition,
    long offset,
    byte[] key,
    byte[] value,
    String venue,
    long receiveTimeUs,
    String traceparent,
    long session,
    String event,
    boolean clockChecked) {

  /** The record has no valid receive time. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** The event that says that the feed of a book has lost its connection. */
  public static final String DISCONNECTED = "disconnected";

  /** The first receive time, September 2001, as for event times: the first of 16 digits. */
  public static final long FIRST_US = 1_000_000_000_000_000L;

  /** The end of receive times, November 2286. */
  public static final long END_US = 10_000_000_000_000_000L;

  /** A message without headers beside its venue and its time, which no other clock has checked. */
  public RawRecord(
      String topic,
      int partition,
      long offset,
      byte[] key,
      byte[] value,
      String venue,
      long receiveTimeUs) {
    this(topic, partition, offset, key, value, venue, receiveTimeUs, null, 0, null, false);
  }

  /** The session that a header {@code connection} names: its FNV-1a hash; never 0. */
  public static long sessionOf(byte[] connection) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : connection) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }

  /** Whether a number can be a receive time in microseconds since the epoch: it has 16 digits. */
  public static boolean isReceiveTime(long microseconds) {
    return microseconds >= FIRST_US && microseconds < END_US;
  }

  public boolean hasReceiveTime() {
    return receiveTimeUs != NO_TIME;
  }

  /**
   * The record as it counts in its partition. One whose clock was checked, and that is further
   * behind the newest before it than disorder explains, counts as that far behind: the watermark
   * may have passed its own time.
   *
   * @param newestUs the newest receive time before it, {@link #NO_TIME} for none
   * @param outOfOrdernessUs how far receive times may be out of order
   */
  public RawRecord after(long newestUs, long outOfOrdernessUs) {
    if (!clockChecked || newestUs == NO_TIME || receiveTimeUs >= newestUs - outOfOrdernessUs) {
      return this;
    }
    return new RawRecord(
        topic,
        partition,
        offset,
        key,
        value,
        venue,
        newestUs - outOfOrdernessUs,
        traceparent,
        session,
        event,
        true);
  }

  /** The key as text, null for none. */
  public String keyText() {
    return key == null ? null : new String(key, StandardCharsets.UTF_8);
  }
}
