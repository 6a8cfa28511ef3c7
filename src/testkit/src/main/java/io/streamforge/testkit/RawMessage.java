package io.streamforge.testkit;

import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import io.streamforge.topic.TopicNames;
import io.streamforge.topic.Traceparent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of a recording, one Kafka record of a raw topic. It has a value, as text or as base64,
 * or says what happened to its book's feed, or is a heartbeat.
 *
 * @param topic {@code raw-orderbooks} or {@code raw-trades}
 * @param key the symbol as the venue writes it; null for none
 * @param venue header {@code venue}; null for none
 * @param receiveTimeUs header {@code receive_time_us}, the recorder's clock
 * @param value the venue's own text; null where it is none
 * @param valueBase64 the venue's own bytes where they are no text, else null
 * @param event header {@code event} of a record without a value, else null
 * @param connection header {@code connection}; null for none
 * @param headers further headers, by name
 */
public record RawMessage(
    String topic,
    String key,
    String venue,
    long receiveTimeUs,
    String value,
    String valueBase64,
    String event,
    String connection,
    Map<String, String> headers) {

  public RawMessage {
    headers = Map.copyOf(headers);
  }

  /** A message that is text, with no header but its venue and its time. */
  public RawMessage(String topic, String key, String venue, long receiveTimeUs, String value) {
    this(topic, key, venue, receiveTimeUs, value, null, null, null, Map.of());
  }

  /** A message that is no text, with no header but its venue and its time. */
  public static RawMessage binary(
      String topic, String key, String venue, long receiveTimeUs, byte[] value) {
    String text = Base64.getEncoder().encodeToString(value);
    return new RawMessage(topic, key, venue, receiveTimeUs, null, text, null, null, Map.of());
  }

  /** The record that says that a session of a book's feed has ended. */
  public static RawMessage disconnected(
      String topic, String key, String venue, String connection, long receiveTimeUs) {
    return new RawMessage(
        topic, key, venue, receiveTimeUs, null, null, RawRecord.DISCONNECTED, connection, Map.of());
  }

  /** The same of a session of its writer. */
  public RawMessage inSession(String named) {
    return new RawMessage(
        topic, key, venue, receiveTimeUs, value, valueBase64, event, named, headers);
  }

  /** The key's bytes; null for none. */
  public byte[] keyBytes() {
    return key == null ? null : utf8(key);
  }

  /** The value's bytes; null for none. */
  public byte[] bytes() {
    if (valueBase64 != null) {
      return Base64.getDecoder().decode(valueBase64);
    }
    return value == null ? null : utf8(value);
  }

  /** All headers but that of the receive time, by name. */
  public Map<String, String> allHeaders() {
    Map<String, String> all = new TreeMap<>(headers);
    putIfGiven(all, RawHeaders.VENUE, venue);
    putIfGiven(all, RawHeaders.CONNECTION, connection);
    putIfGiven(all, RawHeaders.EVENT, event);
    return all;
  }

  private static void putIfGiven(Map<String, String> headers, String name, String text) {
    if (text != null) {
      headers.put(name, text);
    }
  }

  /**
   * As the job reads it from Kafka.
   *
   * @param defaultVenue of a message that names none; null for none
   */
  public RawRecord record(int partition, long offset, String defaultVenue) {
    String traceparent = headers.get(RawHeaders.TRACEPARENT);
    return new RawRecord(
        topic,
        partition,
        offset,
        keyBytes(),
        bytes(),
        venue == null ? defaultVenue : venue,
        receiveTimeUs,
        traceparent == null ? null : Traceparent.of(utf8(traceparent)),
        connection == null ? 0 : RawRecord.sessionOf(utf8(connection)),
        event,
        false);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether it stands in the topic of trades. */
  public boolean isTrade() {
    return topic.equals(TopicNames.RAW_TRADES);
  }
}
