package io.streamforge.cli.recording;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One line of a recording.
 *
 * @param topic the topic that it came from, and goes to
 * @param key symbol as the venue writes it; null for none
 * @param venue header {@code venue}; null for none
 * @param receiveTimeUs header {@code receive_time_us}, microseconds since the epoch
 * @param value the venue's own text
 */
public record RecordedMessage(
    String topic,
    String key,
    String venue,
    @JsonProperty("receive_time_us") long receiveTimeUs,
    String value) {}
