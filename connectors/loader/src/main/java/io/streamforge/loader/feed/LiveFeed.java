package io.streamforge.loader.feed;

import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.venue.Subscription;
import io.streamforge.loader.venue.VenueFeed;
import io.streamforge.time.TimePolicy;
import io.streamforge.wire.MessageDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One venue's feed: its symbols, shared out to connections. All of it runs on one thread. */
public final class LiveFeed implements BookRequests.TradedSymbols {
  /** A trade is never too old to be handed on. */
  private static final TimePolicy ANY_TIME =
      new TimePolicy(0, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, 0);

  private final FeedContext context;
  private final List<Shard> shards = new ArrayList<>();
  private final BookRequests requests;

  // Written by the feed's thread.
  private volatile boolean up;
  private volatile int begunBooks;
  private volatile long tickNanos = System.nanoTime();

  /**
   * @param maxMessageBytes larger messages are refused
   */
  public LiveFeed(FeedContext context, int maxMessageBytes) {
    this.context = context;
    VenueFeed venue = context.venue();
    MessageDecoder decoder = new MessageDecoder(ANY_TIME, maxMessageBytes);
    FrameReader frames = new FrameReader(context, decoder);
    this.requests = venue.answersRequests() ? new BookRequests(context, decoder, this) : null;
    RateLimit connects = new RateLimit(venue.limits().connectEvery(), 1, System.nanoTime());
    List<String> symbols = context.config().symbols();
    int most = venue.limits().symbolsPerConnection();
    for (int from = 0; from < symbols.size(); from += most) {
      List<String> some = symbols.subList(from, Math.min(symbols.size(), from + most));
      shards.add(new Shard(context, setup(some, connects), frames, requests, some));
    }
  }

  private LineSetup setup(List<String> symbols, RateLimit connects) {
    FeedConfig config = context.config();
    List<Subscription> wanted = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      if (config.channels().contains(channel)) {
        symbols.forEach(symbol -> wanted.add(new Subscription(channel, symbol)));
      }
    }
    return new LineSetup(
        context.venue(),
        context.venue().address(config.stream()),
        wanted,
        config.depth(),
        config.idleTimeout(),
        context.loop(),
        context.network(),
        connects,
        context.watch(),
        context.random());
  }

  /** Connects, and keeps the feed up until {@link #stop}. */
  @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
  public void start() {
    context
        .loop()
        .execute(
            () -> {
              for (int i = 0; i < shards.size(); i++) {
                shards.get(i).start(context.venue().venue() + '-' + (i + 1));
              }
            });
    context.loop().scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    shards.forEach(Shard::tick);
    if (requests != null) {
      requests.tick();
    }
    up = shards.stream().allMatch(Shard::isUp);
    begunBooks = shards.stream().mapToInt(Shard::begunBooks).sum();
    tickNanos = System.nanoTime();
    context.watch().books(context.venue().venue(), begunBooks, wantedBooks());
  }

  /** Ends the connections; is done when the books are told to be disconnected. */
  public CompletableFuture<Void> stop() {
    return CompletableFuture.runAsync(() -> shards.forEach(Shard::stop), context.loop());
  }

  /** Somebody who reads the topic of order books asks for a book; others' are passed over. */
  public void resync(String symbol, String reason) {
    context.loop().execute(() -> shards.forEach(shard -> shard.resync(symbol, reason)));
  }

  @Override
  public long lastTradeUs(String symbol) {
    return shards.stream()
        .filter(shard -> shard.has(symbol))
        .mapToLong(shard -> shard.lastTradeUs(symbol))
        .max()
        .orElse(Long.MIN_VALUE);
  }

  public String venue() {
    return context.venue().venue();
  }

  /** Whether each connection is open. */
  public boolean isUp() {
    return up;
  }

  /** Books with a snapshot in their session. */
  public int begunBooks() {
    return begunBooks;
  }

  /** Books that are subscribed. */
  public int wantedBooks() {
    return shards.stream().mapToInt(Shard::wantedBooks).sum();
  }

  /** Whether the feed's thread works: it does something each second. */
  public boolean isAlive() {
    return System.nanoTime() - tickNanos < TimeUnit.SECONDS.toNanos(30);
  }
}
