package io.streamforge.testkit;

import io.streamforge.topic.TopicNames;
import java.nio.charset.StandardCharsets;

/**
 * One line of a recording, one Kafka record.
 *
 * @param topic {@code raw-orderbooks} or {@code raw-trades}
 * @param key the symbol as the venue writes it
 * @param venue the venue
 * @param receiveTimeUs the recorder's clock
 * @param value the venue's own text; null for a heartbeat
 */
public record RawMessage(String topic, String key, String venue, long receiveTimeUs, String value) {

  /** The value's bytes; it must have one. */
  public byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether it stands in the topic of trades. */
  public boolean isTrade() {
    return topic.equals(TopicNames.RAW_TRADES);
  }
}
