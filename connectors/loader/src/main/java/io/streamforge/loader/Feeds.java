package io.streamforge.loader;

import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.loader.feed.FeedContext;
import io.streamforge.loader.feed.LiveFeed;
import io.streamforge.loader.feed.SessionNames;
import io.streamforge.loader.net.JdkNetwork;
import io.streamforge.loader.net.TrustedCertificates;
import io.streamforge.loader.out.RawSink;
import io.streamforge.loader.out.ReceiveClock;
import io.streamforge.loader.venue.VenueFeeds;
import io.streamforge.loader.watch.FeedWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** The feeds of a configuration, each on a thread of its own, into one sink. */
public final class Feeds implements AutoCloseable {
  /** As the jobs take them. */
  private static final int MAX_MESSAGE_BYTES = 16 << 20;

  /** How often venues are asked what they list. */
  private static final Duration LIST_EVERY = Duration.ofSeconds(60);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final List<LiveFeed> feeds = new ArrayList<>();
  private final List<ScheduledExecutorService> loops = new ArrayList<>();
  private boolean closed;

  /**
   * Feeds that are not started.
   *
   * @throws io.streamforge.settings.SettingsException if the certificates cannot be read
   */
  public Feeds(LoaderConfig config, RawSink sink, ReceiveClock clock, FeedWatch watch) {
    this(config, sink, clock, watch, LIST_EVERY);
  }

  /**
   * The same, with another pace of asking what venues list.
   *
   * @throws io.streamforge.settings.SettingsException if the certificates cannot be read
   */
  public Feeds(
      LoaderConfig config, RawSink sink, ReceiveClock clock, FeedWatch watch, Duration listEvery) {
    SSLContext trusted = config.ca() == null ? null : TrustedCertificates.of("tls.ca", config.ca());
    SessionNames names = new SessionNames();
    for (FeedConfig each : config.feeds()) {
      ScheduledExecutorService loop =
          new ScheduledThreadPoolExecutor(
              1,
              task -> new Thread(task, "feed-" + each.venue()),
              new ThreadPoolExecutor.DiscardPolicy()); // what ends has nothing more to do
      loops.add(loop);
      feeds.add(
          new LiveFeed(
              new FeedContext(
                  VenueFeeds.of("feeds.venue", each.venue()),
                  each,
                  config.topics(),
                  sink,
                  clock,
                  names,
                  watch,
                  loop,
                  new JdkNetwork(loop, trusted, MAX_MESSAGE_BYTES, TIMEOUT),
                  RandomGenerator.getDefault(),
                  listEvery),
              MAX_MESSAGE_BYTES));
    }
  }

  /** Connects. */
  public void start() {
    feeds.forEach(LiveFeed::start);
  }

  /** Somebody asks for a book. */
  public void resync(String venue, String symbol, String reason) {
    feeds.stream()
        .filter(feed -> feed.venue().equals(venue))
        .forEach(feed -> feed.resync(symbol, reason));
  }

  /** The feeds whose thread does nothing any more, in words; empty if none. */
  public String dead() {
    return feeds.stream()
        .filter(feed -> !feed.isAlive())
        .map(feed -> feed.venue() + " does nothing")
        .collect(Collectors.joining(", "));
  }

  /** The feeds that lack a connection, in words; empty if none. */
  public String down() {
    return feeds.stream()
        .filter(feed -> !feed.isUp())
        .map(feed -> feed.venue() + " is not connected")
        .collect(Collectors.joining(", "));
  }

  /** Books with a snapshot in their session. */
  public int begunBooks() {
    return feeds.stream().mapToInt(LiveFeed::begunBooks).sum();
  }

  /** Books that are subscribed. */
  public int wantedBooks() {
    return feeds.stream().mapToInt(LiveFeed::wantedBooks).sum();
  }

  /** Ends all connections, and returns when the books are told to be disconnected. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    CompletableFuture.allOf(feeds.stream().map(LiveFeed::stop).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, 5, TimeUnit.SECONDS)
        .join();
    loops.forEach(ScheduledExecutorService::shutdownNow);
  }
}
