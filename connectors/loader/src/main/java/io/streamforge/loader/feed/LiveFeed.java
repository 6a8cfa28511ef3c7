package io.streamforge.loader.feed;

import io.streamforge.loader.venue.VenueFeed;
import io.streamforge.time.TimePolicy;
import io.streamforge.wire.MessageDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One venue's feed: its symbols, shared out to connections. All of it runs on one thread. */
public final class LiveFeed implements BookRequests.TradedSymbols, Listings.SymbolChanges {
  /** A trade is never too old to be handed on. */
  private static final TimePolicy ANY_TIME =
      new TimePolicy(0, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, 0);

  private final FeedContext context;
  private final List<Shard> shards = new ArrayList<>();
  private final BookRequests requests;
  private final Listings listings;
  private final Supplier<Shard> shard;

  // Written by the feed's thread.
  private volatile boolean up;
  private volatile int begunBooks;
  private volatile int wantedBooks;
  private volatile long tickNanos = System.nanoTime();

  /**
   * @param maxMessageBytes larger messages are refused
   */
  public LiveFeed(FeedContext context, int maxMessageBytes) {
    this.context = context;
    RestPause pause = new RestPause();
    this.listings = new Listings(context, this, pause);
    VenueFeed venue = context.venue();
    MessageDecoder decoder = new MessageDecoder(ANY_TIME, maxMessageBytes);
    FrameReader frames = new FrameReader(context, decoder);
    this.requests =
        venue.answersRequests() ? new BookRequests(context, decoder, this, pause) : null;
    RateLimit connects = new RateLimit(venue.limits().connectEvery(), 1, System.nanoTime());
    this.shard = () -> new Shard(context, connects, frames, requests);
    context.config().named().forEach(symbol -> shardWithRoom().add(symbol));
    this.wantedBooks = shards.stream().mapToInt(Shard::wantedBooks).sum();
  }

  private Shard shardWithRoom() {
    int most = context.venue().limits().symbolsPerConnection();
    for (Shard each : shards) {
      if (each.size() < most) {
        return each;
      }
    }
    Shard more = shard.get();
    shards.add(more);
    return more;
  }

  @Override
  public void listed(String symbol) {
    if (shards.stream().noneMatch(each -> each.has(symbol))) {
      int before = shards.size();
      shardWithRoom().add(symbol);
      if (shards.size() > before) {
        start(before);
      }
    }
  }

  @Override
  public void delisted(String symbol) {
    shards.forEach(each -> each.remove(symbol));
  }

  private void start(int number) {
    shards.get(number).start(context.venue().venue() + '-' + (number + 1));
  }

  /** Connects, and keeps the feed up until {@link #stop}. */
  @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
  public void start() {
    context
        .loop()
        .execute(
            () -> {
              for (int i = 0; i < shards.size(); i++) {
                start(i);
              }
              listings.start();
            });
    context.loop().scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    shards.forEach(Shard::tick);
    if (requests != null) {
      requests.tick();
    }
    boolean complete = listings.isKnown() || !context.config().hasPatterns();
    up = complete && shards.stream().allMatch(Shard::isUp);
    wantedBooks = shards.stream().mapToInt(Shard::wantedBooks).sum();
    begunBooks = shards.stream().mapToInt(Shard::begunBooks).sum();
    tickNanos = System.nanoTime();
    context.watch().books(context.venue().venue(), begunBooks, wantedBooks);
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
    return wantedBooks;
  }

  /** Whether the feed's thread works: it does something each second. */
  public boolean isAlive() {
    return System.nanoTime() - tickNanos < TimeUnit.SECONDS.toNanos(30);
  }
}
