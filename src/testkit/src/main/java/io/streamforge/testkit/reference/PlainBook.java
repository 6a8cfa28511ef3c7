package io.streamforge.testkit.reference;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An order book kept by the rules of docs/trust.md, in the plainest way: this class chooses the feed
 * and the writer's session that the book follows, {@link PlainStream} places their messages.
 */
public abstract class PlainBook {
  /** What became of a message. */
  public enum Outcome {
    /** Passed over, kept, rejected, or the book is not live after it. */
    NOTHING,
    /** It says again what the book's number says. */
    CONFIRMED,
    /** A whole book was taken, with the deltas that waited for it. */
    SNAPSHOT,
    /** A live book was changed. */
    DELTA
  }

  private static final long SECOND = 1_000_000;

  private final PlainKept kept = new PlainKept();
  private final PlainLevels none = new PlainLevels(this);
  private String statusWithoutStream = "awaiting-snapshot";
  private PlainStream stream;
  private PlainStream before;
  private Integer subscribedDepth;

  private Integer feed;
  private long feedHeardUs;

  /** Sessions that are over, oldest first, with the time when they ended. */
  private final Map<Long, Long> over = new LinkedHashMap<>();

  /** When a session that is over was first heard since the current one was; null if it was not. */
  private Long overHeardUs;

  private int drifts;

  /** An empty book of a venue. */
  public static PlainBook of(String venue) {
    return switch (venue) {
      case "binance-spot", "binance-us", "binance-usdm", "binance-coinm" -> new BinanceBook();
      case "kraken" -> new KrakenBook();
      case "okx" -> new OkxBook();
      default -> venue.startsWith("bitget") ? new OkxBook() : new UnsummedBook();
    };
  }

  /** The venue's checksum of a book. */
  abstract long checksum(PlainSide bids, PlainSide asks);

  /** Says how far a whole book is known, beyond what its depth says. */
  void knowWhole(PlainLevels levels, BookMessage message) {}

  final Integer depthOf(BookMessage whole) {
    return subscribedDepth != null ? subscribedDepth : whole.depth();
  }

  /** Takes the next message of the log, which counts when it happened. */
  public final Outcome apply(BookMessage message) {
    return apply(message, message.eventTimeUs());
  }

  /** Takes the next message of the log. */
  public final Outcome apply(BookMessage message, long effectiveUs) {
    if (message.kind() == BookMessage.Kind.SUBSCRIBED) {
      subscribedDepth = message.depth();
      return Outcome.NOTHING;
    }
    if (!message.isNotice() && !isOfFeed(message, effectiveUs)) {
      return Outcome.NOTHING;
    }
    forgetSessions(effectiveUs);
    long session = message.session();
    if (stream != null && stream.session() != session && over.containsKey(session)) {
      if (overHeardUs == null) {
        overHeardUs = effectiveUs;
      }
      if (effectiveUs - overHeardUs <= 5 * SECOND) {
        return Outcome.NOTHING;
      }
      endStream(effectiveUs);
      statusWithoutStream = before.isLive() ? "gap" : before.status();
    }
    if (stream == null || stream.session() != session) {
      if (!message.whole() || message.flawed()) {
        kept.add(message, effectiveUs, null);
        return Outcome.NOTHING;
      }
      String status = status();
      if (stream != null) {
        endStream(effectiveUs);
        status = before.isLive() ? "gap" : status;
      }
      over.remove(session);
      feed = message.feed();
      feedHeardUs = effectiveUs;
      stream = new PlainStream(this, kept, session, feed, status);
    }
    overHeardUs = null;
    return stream.apply(message, effectiveUs);
  }

  private boolean isOfFeed(BookMessage message, long effectiveUs) {
    if (feed == null || message.feed() == feed) {
      feedHeardUs = effectiveUs;
      return true;
    }
    boolean silent = effectiveUs - feedHeardUs > 60 * SECOND;
    if (!message.whole() || message.flawed() || (message.feed() < feed && !silent)) {
      return false;
    }
    String status = status().equals("live") ? "gap" : status();
    feed = message.feed();
    feedHeardUs = effectiveUs;
    if (stream != null && stream.session() == message.session()) {
      stream = new PlainStream(this, kept, message.session(), feed, status);
    }
    return true;
  }

  private void endStream(long effectiveUs) {
    before = stream;
    kept.clear(stream.session());
    over.remove(stream.session());
    over.put(stream.session(), effectiveUs);
    while (over.size() > 8) {
      over.remove(over.keySet().iterator().next());
    }
    stream = null;
  }

  private void forgetSessions(long effectiveUs) {
    over.values().removeIf(ended -> ended < effectiveUs - 3600 * SECOND);
  }

  final void countDrift() {
    drifts++;
  }

  /** How often a whole book differed from the live book that it was held against. */
  public final int drifts() {
    return drifts;
  }

  /** {@code live}, {@code awaiting-snapshot}, or why it is not live. */
  public final String status() {
    return stream == null ? statusWithoutStream : stream.status();
  }

  /** Whether it can be trusted, except that it may be crossed or stale. */
  public final boolean isLive() {
    return status().equals("live");
  }

  private PlainLevels levels() {
    PlainStream last = stream == null ? before : stream;
    return last == null ? none : last.levels();
  }

  /** The last applied number of the venue's; null where it has none. */
  public final Long sequence() {
    return levels().number;
  }

  /** The event time of the last message applied. */
  public final long appliedEventTimeUs() {
    return levels().eventTimeUs;
  }

  /** The bids. */
  public final PlainSide bids() {
    return levels().bids;
  }

  /** The asks. */
  public final PlainSide asks() {
    return levels().asks;
  }

  /** Best bid and ask; null unless the book is live with both sides. */
  public final Quote quote() {
    Level bid = bids().best();
    Level ask = asks().best();
    return isLive() && bid != null && ask != null ? new Quote(bid, ask) : null;
  }
}
