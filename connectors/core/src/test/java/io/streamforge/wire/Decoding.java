package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamforge.market.EventText;
import io.streamforge.time.TimePolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Decodes hand-written messages of one venue; in them ' stands for ". */
final class Decoding {
  /** When the hand-written messages were received. */
  static final long NOW = 1_723_161_256_000_000L;

  static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);

  private final String venue;
  private final MessageDecoder decoder = new MessageDecoder(TIME, 1 << 20);

  Decoding(String venue) {
    this.venue = venue;
  }

  List<String> events(String message) {
    return events("KEY", message);
  }

  List<String> events(String key, String message) {
    return events(key, message, NOW);
  }

  List<String> events(String key, String message, long receiveTimeUs) {
    List<String> events = decode(key, message, receiveTimeUs);
    assertThat(decoder.flaw()).as(message).isNull();
    return events;
  }

  /** The events of a message of which a part cannot be read for that reason. */
  List<String> flawed(String reason, String message) {
    List<String> events = decode("KEY", message, NOW);
    assertThat(decoder.flaw()).as(message).isEqualTo(reason);
    return events;
  }

  /** Whether a message is read and is neither book nor trade. */
  boolean unused(String message) {
    return events(message).isEmpty() && decoder.unused();
  }

  private List<String> decode(String key, String message, long receiveTimeUs) {
    try {
      return decoder.decode(venue, key, bytes(message), receiveTimeUs).stream()
          .map(EventText::of)
          .toList();
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }

  String refusal(String message) {
    return refusal("KEY", message);
  }

  String refusal(String key, String message) {
    DecodeException refusal =
        catchThrowableOfType(
            DecodeException.class, () -> decoder.decode(venue, key, bytes(message), NOW));
    assertThat(refusal).as(message).isNotNull();
    return refusal.reason();
  }

  private static byte[] bytes(String message) {
    return message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
