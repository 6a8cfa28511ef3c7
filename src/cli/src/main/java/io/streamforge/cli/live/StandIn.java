package io.streamforge.cli.live;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.venue.FakeVenues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A venue's stand-in on this machine: it plays a recording as that venue would, as of now. */
final class StandIn implements AutoCloseable {
  private final String venue;
  private final List<String> symbols;
  private final FakeExchange exchange;

  private StandIn(String venue, List<String> symbols, FakeExchange exchange) {
    this.venue = venue;
    this.symbols = symbols;
    this.exchange = exchange;
  }

  /**
   * Starts it.
   *
   * @param venue of which messages are played; null for that of the first message
   * @throws IllegalArgumentException if the recording has none of them
   */
  static StandIn start(Path recording, String venue) throws IOException {
    List<RawMessage> messages = new ArrayList<>();
    String named = venue;
    try (Recordings read = new Recordings(List.of(recording))) {
      for (RawMessage message = read.poll(); message != null; message = read.poll()) {
        named = named == null ? message.venue() : named;
        if (message.value() != null && message.venue() != null && message.venue().equals(named)) {
          messages.add(message);
        }
      }
    }
    if (messages.isEmpty()) {
      throw new IllegalArgumentException(
          recording + " has no messages" + (named == null ? "" : " of " + named));
    }
    List<RawMessage> played = FakeVenues.asToday(named, messages);
    List<String> symbols =
        played.stream()
            .filter(message -> !message.isTrade())
            .map(RawMessage::key)
            .distinct()
            .sorted()
            .toList();
    return new StandIn(
        named, symbols, FakeVenues.start(named, played, ExchangeSetup.standard().withToday(true)));
  }

  String venue() {
    return venue;
  }

  /** Those whose books it has. */
  List<String> symbols() {
    return symbols;
  }

  FakeExchange exchange() {
    return exchange;
  }

  @Override
  public void close() {
    exchange.close();
  }
}
