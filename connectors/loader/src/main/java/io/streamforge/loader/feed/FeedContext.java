package io.streamforge.loader.feed;

import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.config.TopicConfig;
import io.streamforge.loader.net.Network;
import io.streamforge.loader.out.RawSink;
import io.streamforge.loader.out.ReceiveClock;
import io.streamforge.loader.venue.VenueFeed;
import io.streamforge.loader.watch.FeedWatch;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * What all parts of one feed work with.
 *
 * @param loop the feed's thread
 * @param listEvery how often the venue is asked what it lists
 */
public record FeedContext(
    VenueFeed venue,
    FeedConfig config,
    TopicConfig topics,
    RawSink sink,
    ReceiveClock clock,
    SessionNames names,
    FeedWatch watch,
    ScheduledExecutorService loop,
    Network network,
    RandomGenerator random,
    Duration listEvery) {}
