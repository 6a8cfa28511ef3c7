package io.streamforge.loader.feed;

import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.net.Network;
import io.streamforge.loader.venue.Subscription;
import io.streamforge.loader.venue.VenueFeed;
import io.streamforge.loader.watch.FeedWatch;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the connections of some symbols have in common.
 *
 * @param wanted what is subscribed on each of them
 * @param depth levels a side that are subscribed
 * @param idleTimeout a connection without a message of the market for longer is made anew
 * @param connects attempts to connect, of all that share the venue and this machine's address
 */
record LineSetup(
    VenueFeed venue,
    URI address,
    Supplier<List<Subscription>> wanted,
    int depth,
    Duration idleTimeout,
    ScheduledExecutorService loop,
    Network network,
    RateLimit connects,
    FeedWatch watch,
    RandomGenerator random) {

  static LineSetup of(
      FeedContext context, RateLimit connects, Supplier<List<Subscription>> wanted) {
    FeedConfig config = context.config();
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
}
