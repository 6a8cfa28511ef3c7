package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.loader.Feeds;
import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.loader.out.ReceiveClock;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ExchangeFaults;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.venue.FakeVenues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A venue that plays its recording again and again on one port, each time with other faults, to a
 * loader that goes on through all of it. After each day what was written is judged.
 */
final class VenueOfManyDays implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Where nothing is numbered, a lost message shows when the book crosses, or never. */
  private static final Set<String> BLIND = Set.of("bitstamp", "coinbase-pro");

  private final String venue;
  private final Path folder;
  private final Random random;
  private final List<RawMessage> recording;
  private final Map<String, List<String>> truth;
  private final double speed;
  private final LoaderConfig config;
  private final int port;
  private final CheckWatch watch = new CheckWatch();
  private FakeExchange exchange;
  private int days;
  private int faults;
  private long written;

  /**
   * @param seconds how long a day takes
   */
  VenueOfManyDays(String name, String venue, Path folder, int seconds, long seed)
      throws IOException {
    this.venue = venue;
    this.folder = Files.createDirectory(folder.resolve(venue));
    this.random = new Random(seed);
    this.recording = LoadedMarket.recording(name, venue);
    this.truth = LoadedMarket.touches(LoadedMarket.replay(this.folder, recording));
    long spanUs =
        recording.get(recording.size() - 1).receiveTimeUs() - recording.get(0).receiveTimeUs();
    this.speed = spanUs / 1e6 / seconds;
    this.exchange = start(0);
    this.port = exchange.webSocket().getPort();
    FeedConfig feed =
        FeedConfig.of(venue, recording.stream().map(RawMessage::key).distinct().toList())
            .at(exchange.webSocket(), exchange.rest());
    this.config = LoaderConfig.of("none:0", null, List.of(feed));
  }

  private FakeExchange start(int at) {
    return FakeVenues.start(
        venue,
        recording,
        ExchangeSetup.standard()
            .withSpeed(speed)
            .withTls(false)
            .withToday(true)
            .withWaitsForPlay(true)
            .withPort(at));
  }

  /** Plays days until a time. */
  void run(long untilNanos) throws IOException {
    KeptMessages kept = new KeptMessages();
    try (Feeds feeds = new Feeds(config, kept, ReceiveClock.ofMachine(), watch)) {
      feeds.start();
      while (System.nanoTime() < untilNanos) {
        day(feeds);
        judge(kept.take());
        exchange = start(port);
      }
    }
  }

  private void day(Feeds feeds) {
    await().atMost(PATIENCE).until(() -> !exchange.received().isEmpty());
    exchange.play();
    long begunNanos = System.nanoTime();
    long nextSeconds = 10L + random.nextInt(20);
    while (!exchange.ended()) {
      long wanted = begunNanos + Duration.ofSeconds(nextSeconds).toNanos();
      await().atMost(PATIENCE).until(() -> exchange.ended() || System.nanoTime() > wanted);
      if (!exchange.ended()) {
        goWrong(exchange.faults());
        nextSeconds += 15 + random.nextInt(20);
      }
    }
    exchange.close();
    await().atMost(PATIENCE).until(() -> !feeds.down().isEmpty());
    days++;
  }

  private void goWrong(ExchangeFaults some) {
    some.clear();
    List<Consumer<ExchangeFaults>> all =
        new ArrayList<>(
            List.of(
                ExchangeFaults::cutAll,
                f -> f.closeAll(1001, "going away"),
                f -> f.repeatNext(20),
                f -> f.stall(Duration.ofSeconds(5)),
                f -> {
                  f.refuseConnects(503, null, 2);
                  f.cutAll();
                },
                f -> {
                  f.rest(429, Map.of("Retry-After", "3"), "{}", 2);
                  f.cutAll();
                },
                f -> {
                  f.html();
                  f.cutAll();
                },
                f -> {
                  f.withholdAcknowledgements(2);
                  f.cutAll();
                },
                f -> f.fragment(7),
                ExchangeFaults::unreadable,
                ExchangeFaults::invalidUtf8));
    if (!BLIND.contains(venue)) {
      all.add(f -> f.loseNext(3));
    }
    all.get(random.nextInt(all.size())).accept(some);
    faults++;
  }

  private void judge(List<RawMessage> messages) throws IOException {
    written += messages.size();
    Path replayed = LoadedMarket.replay(folder, messages);
    Map<String, List<String>> shown = LoadedMarket.touches(replayed);
    assertThat(shown).as(venue + " has live books").isNotEmpty();
    shown.forEach(
        (instrument, touches) -> {
          List<String> right = truth.get(instrument);
          int at = 0;
          for (String touch : touches) {
            int found = right.subList(at, right.size()).indexOf(touch);
            assertThat(found)
                .as("%s was never so then: %s; what was written: %s", instrument, touch, replayed)
                .isNotNegative();
            at += found;
          }
        });
    try (var files = Files.walk(replayed)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** What it came to, in words. */
  String said() {
    return "%s: %d days, %d faults, %,d messages, %d connections"
        .formatted(venue, days, faults, written, watch.connects());
  }

  int days() {
    return days;
  }

  @Override
  public void close() {
    exchange.close();
  }
}
