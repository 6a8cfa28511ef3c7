package io.streamforge.loader.feed;

import io.streamforge.loader.venue.VenueFeeds;
import io.streamforge.market.BookUpdate;
import io.streamforge.time.TimePolicy;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Connections that are never made, and messages of books as their decoders read them. */
final class TestLines {
  static final long NOW_US = 1_787_603_059_614_000L;

  private TestLines() {}

  static Line line(String name, Line replaced) {
    LineSetup setup =
        new LineSetup(
            VenueFeeds.of("venue", "kraken"),
            URI.create("ws://localhost"),
            List::of,
            10,
            Duration.ofSeconds(60),
            null,
            null,
            null,
            null,
            RandomGenerator.getDefault());
    return new Line(setup, null, name, replaced);
  }

  static BookUpdate read(String venue, String text) {
    TimePolicy time = new TimePolicy(0, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, 0);
    try {
      return (BookUpdate)
          new MessageDecoder(time, 1 << 20)
              .decode(venue, "BTCUSDT", text.getBytes(StandardCharsets.UTF_8), NOW_US)
              .get(0);
    } catch (DecodeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
