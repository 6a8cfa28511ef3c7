package io.streamforge.topic;

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
    byte[] key, byte[] value, long timestampMs, Map<String, String> headers) {}
