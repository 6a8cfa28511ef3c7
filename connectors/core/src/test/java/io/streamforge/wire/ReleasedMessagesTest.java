package io.streamforge.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.time.TimePolicy;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each venue has a decoder, and a message may have 16 MB: none keeps the last one. */
class ReleasedMessagesTest {
  private static final List<String> MESSAGES =
      List.of("{\"type\":\"none\"}", "{\"type\":", "{\"unknown\":\"text\"}", "[\"\\u0041\"]", "7");

  private final MessageDecoder decoder = new MessageDecoder(new TimePolicy(1, 1, 1, 1), 1 << 20);

  @Test
  void noDecoderKeepsItsLastMessage() {
    for (String venue : Venues.names()) {
      for (String text : MESSAGES) {
        WeakReference<byte[]> message = decoded(venue, text.getBytes(UTF_8));
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!message.refersTo(null) && Instant.now().isBefore(end)) {
          System.gc();
        }
        assertThat(message.refersTo(null)).as("%s of %s is let go", text, venue).isTrue();
      }
    }
  }

  private WeakReference<byte[]> decoded(String venue, byte[] message) {
    try {
      decoder.decode(venue, "X", message, 1_723_161_256_000_000L);
    } catch (DecodeException e) {
      // as is to be expected of most
    }
    return new WeakReference<>(message);
  }
}
