package io.streamforge.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.recording.RecordingWriter;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.DirectReplay;
import io.streamforge.loader.Feeds;
import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.loader.out.ReceiveClock;
import io.streamforge.loader.venue.Channel;
import io.streamforge.record.MarketEventRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import io.streamforge.record.SymbolFeaturesRecord.Trust;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.venue.FakeVenues;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A recording that a venue plays to the loader, on the recording's own time. */
final class LoadedMarket implements AutoCloseable {
  private final Path folder;
  private final String venue;
  private final List<String> symbols;
  private final FakeExchange exchange;
  private final Path file;
  private final FeedRecorder recorder;
  private final CheckWatch watch = new CheckWatch();
  private final double speed;
  private final Duration listEvery;
  private final LoaderConfig config;
  private final Feeds feeds;

  /** What a test says of the feed, beside its symbols. */
  record Setup(
      double speed, int lines, Duration idleTimeout, URI url, boolean trusted, Duration listEvery) {
    static Setup atSpeed(double speed) {
      return new Setup(speed, 1, Duration.ofSeconds(60), null, true, Duration.ofSeconds(60));
    }

    Setup withLines(int other) {
      return new Setup(speed, other, idleTimeout, url, trusted, listEvery);
    }

    Setup withIdleTimeout(Duration other) {
      return new Setup(speed, lines, other, url, trusted, listEvery);
    }

    Setup at(URI other) {
      return new Setup(speed, lines, idleTimeout, other, trusted, listEvery);
    }

    Setup withoutTrust() {
      return new Setup(speed, lines, idleTimeout, url, false, listEvery);
    }

    Setup withListEvery(Duration other) {
      return new Setup(speed, lines, idleTimeout, url, trusted, other);
    }
  }

  /** Connects; the market stands until {@link #play}. */
  LoadedMarket(Path folder, List<RawMessage> recording, Setup setup) throws IOException {
    this.folder = folder;
    this.venue = recording.get(0).venue();
    this.speed = setup.speed;
    this.listEvery = setup.listEvery;
    this.exchange =
        FakeVenues.start(
            venue,
            recording,
            ExchangeSetup.standard().withSpeed(setup.speed).withWaitsForPlay(true));
    this.file = folder.resolve("loaded.jsonl.gz");
    this.recorder = new FeedRecorder(file);
    this.symbols = recording.stream().map(RawMessage::key).distinct().toList();
    FeedConfig usual = FeedConfig.of(venue, symbols);
    FeedConfig feed =
        new FeedConfig(
            venue,
            usual.symbols(),
            usual.channels(),
            usual.depth(),
            setup.lines,
            setup.url == null ? exchange.webSocket() : setup.url,
            exchange.rest(),
            setup.idleTimeout);
    this.config =
        LoaderConfig.of("none:0", setup.trusted ? exchange.certificate() : null, List.of(feed));
    this.feeds = loader(watch);
  }

  /** Starts a loader of the feed, the first one or one that writes beside it. */
  Feeds loader(CheckWatch watched) {
    Feeds started =
        new Feeds(config, recorder, new ReceiveClock(exchange::clockUs), watched, listEvery);
    started.start();
    return started;
  }

  /**
   * Ends the first loader. Of the books that followed it still, a job asks the other one for a
   * snapshot: one's first snapshot may be a message behind the other's stream, and passed over.
   */
  void replaceFirstBy(Feeds other) {
    feeds.close();
    symbols.forEach(symbol -> other.resync(venue, symbol, "disconnected"));
  }

  /** A recording of a venue in its words of today; of one without, another venue's retold. */
  static List<RawMessage> recording(String name, String venue) throws IOException {
    List<RawMessage> all =
        RecordingFile.read(name).stream()
            .filter(each -> each.venue().equals(venue) || !name.startsWith(venue.substring(0, 5)))
            .toList();
    return FakeVenues.asToday(venue, all);
  }

  /** The first seconds of a recording. */
  static List<RawMessage> first(int seconds, List<RawMessage> all) {
    long untilUs = all.get(0).receiveTimeUs() + seconds * 1_000_000L;
    return all.stream().filter(each -> each.receiveTimeUs() < untilUs).toList();
  }

  FakeExchange exchange() {
    return exchange;
  }

  CheckWatch watch() {
    return watch;
  }

  /** Lets the market run once its subscriptions are asked for, and returns when books are there. */
  LoadedMarket play(int requests) {
    await().until(() -> exchange.received().size() >= requests);
    exchange.play();
    awaitBooks();
    return this;
  }

  /** Returns when each book has a snapshot in its session. */
  void awaitBooks() {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> feeds.begunBooks() == feeds.wantedBooks() && feeds.down().isEmpty());
  }

  /** Returns when so many further messages have come. */
  void awaitMessages(int more) {
    long wanted = messages() + more;
    await().atMost(Duration.ofSeconds(40)).until(() -> messages() >= wanted || exchange.ended());
  }

  private long messages() {
    return watch.messages(Channel.BOOK) + watch.messages(Channel.TRADES);
  }

  /** Returns what was written, when the whole market has been played. */
  List<RawMessage> writtenToTheEnd() throws IOException {
    await().atMost(Duration.ofMinutes(2)).until(exchange::ended);
    AtomicLong before = new AtomicLong(-1); // a slow machine is behind the exchange
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> before.getAndSet(recorder.taken()) == recorder.taken());
    return written();
  }

  private List<RawMessage> written() throws IOException {
    feeds.close();
    recorder.close();
    return RecordingFile.read(file);
  }

  /** What a job says of a recording, in files by topic. */
  static Path replay(Path folder, List<RawMessage> messages) throws IOException {
    Path to = Files.createTempDirectory(folder, "replay");
    Path in = to.resolve("in.jsonl");
    try (RecordingWriter out = new RecordingWriter(in)) {
      for (RawMessage message : messages) {
        out.write(message);
      }
    }
    try (Recordings read = new Recordings(List.of(in))) {
      new DirectReplay(Map.of("sink.market-events.topic", "market-events"), progress -> {})
          .run(read, to);
    }
    return to;
  }

  /** By instrument the best levels of its live book, one after the other. */
  static Map<String, List<String>> touches(Path replayed) throws IOException {
    Map<String, List<String>> touches = new TreeMap<>();
    for (String line : Files.readAllLines(replayed.resolve("market-events.jsonl"))) {
      MarketEventRecord event = MarketEventRecord.read(utf8(line));
      if (event.type().equals("touch")) {
        touches
            .computeIfAbsent(event.instrument(), id -> new ArrayList<>())
            .add(
                String.join(
                    " ", event.bid(), event.bidQuantity(), event.ask(), event.askQuantity()));
      }
    }
    return touches;
  }

  /** By instrument the last status of its book. */
  private static Map<String, String> lastStatuses(Path replayed) throws IOException {
    Map<String, String> statuses = new TreeMap<>();
    for (String line : Files.readAllLines(replayed.resolve("symbol-features.jsonl"))) {
      Trust trust = SymbolFeaturesRecord.trust(utf8(line));
      statuses.put(trust.instrument(), trust.status());
    }
    return statuses;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Holds that a live book never had another touch than the true one: those of what was written are
   * among those of the recording, in its order. And every book is live in the end.
   *
   * @param truth the touches of the recording
   * @return what was written
   */
  List<RawMessage> assertNeverLiveAndWrong(Map<String, List<String>> truth) throws IOException {
    // In which the venue's budget allows for the books, and samples come of them.
    long untilUs = exchange.clockUs() + (long) (2_000_000 * speed) + 2_000_000;
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> exchange.clockUs() >= untilUs || exchange.ended());
    List<RawMessage> written = written();
    Path replayed = replay(folder, withoutEnd(written));
    touches(replayed)
        .forEach(
            (instrument, touches) -> {
              List<String> right = truth.get(instrument);
              int at = 0;
              for (String touch : touches) {
                int found = right.subList(at, right.size()).indexOf(touch);
                assertThat(found).as(instrument + " was never so then: " + touch).isNotNegative();
                at += found;
              }
            });
    assertThat(lastStatuses(replayed))
        .isNotEmpty()
        .allSatisfy((id, status) -> assertThat(status).as(id).isEqualTo("live"));
    return written;
  }

  /** Without what the end of the feed says of its books. */
  static List<RawMessage> withoutEnd(List<RawMessage> written) {
    int end = written.size();
    while (written.get(end - 1).event() != null) {
      end--;
    }
    return written.subList(0, end);
  }

  @Override
  public void close() {
    feeds.close();
    recorder.close();
    exchange.close();
  }
}
