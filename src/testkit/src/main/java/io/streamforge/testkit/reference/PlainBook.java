package io.streamforge.testkit.reference;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An order book kept by the rules of docs/trust.md, in the plainest way: this class chooses the
 * feed and the writer's session that the book follows, {@link PlainStream} places their messages.
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

  /** Of the session and the feed that the book follows. */
  private final PlainKept kept = new PlainKept();

  /** Of all others. */
  private final PlainKept waiting = new PlainKept();

  private final PlainLevels none = new PlainLevels(this);
  private PlainStream stream;
  private Integer subscribedDepth;

  /** The last acknowledgement of a session that had not begun the book. */
  private BookMessage waitingSubscription;

  private long feedHeardUs;

  /** When another session began the book, or this one ended. */
  private record End(long timeUs, boolean byItself) {}

  /** Sessions that are over, oldest first. */
  private final Map<Long, End> over = new LinkedHashMap<>();

  /** Whether the current session has lost its connection, and nothing has come of it since. */
  private boolean currentEnded;

  /** When another session was first heard since the current one was; null if none was. */
  private Long overHeardUs;

  private long overUntilUs;

  private final Set<Integer> feedsWithDeltas = new HashSet<>();

  private int drifts;
  private int verified;

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

  /** How many of the best levels of each side the checksum covers. */
  abstract int checkedLevels();

  /** Says how far a whole book is known, beyond what its depth says. */
  void knowWhole(PlainLevels levels, BookMessage message) {}

  /** The depth that the venue has acknowledged; null where it has not. */
  final Integer subscribedDepth() {
    return subscribedDepth;
  }

  /** Takes the next message of the log, which counts when it happened. */
  public final Outcome apply(BookMessage message) {
    return apply(message, message.eventTimeUs());
  }

  /** Takes the next message of the log. */
  public final Outcome apply(BookMessage message, long effectiveUs) {
    if (message.kind() == BookMessage.Kind.SUBSCRIBED) {
      if (stream != null && message.session() == stream.session()) {
        subscribedDepth = message.depth();
      } else {
        waitingSubscription = message;
      }
      return Outcome.NOTHING;
    }
    if (message.kind() == BookMessage.Kind.DELTA) {
      feedsWithDeltas.add(message.feed());
    }
    forgetSessions(effectiveUs);
    boolean readableWhole = message.whole() && (!message.flawed() || message.checksum() != null);
    if (stream == null) {
      return readableWhole ? begin(message, effectiveUs) : keep(message, effectiveUs);
    }
    if (!message.isNotice() && !isNoSmallerFeed(message, effectiveUs)) {
      return Outcome.NOTHING;
    }
    if (message.session() != stream.session()) {
      return over.containsKey(message.session())
          ? ofOver(message, effectiveUs, readableWhole)
          : ofWaiting(message, effectiveUs, readableWhole);
    }
    overHeardUs = null;
    currentEnded = message.kind() == BookMessage.Kind.DISCONNECTED;
    if (!message.isNotice() && message.feed() != stream.feed()) {
      if (readableWhole) {
        return begin(message, effectiveUs);
      }
      return message.feed() > stream.feed() ? keep(message, effectiveUs) : Outcome.NOTHING;
    }
    if (!message.isNotice()) {
      feedHeardUs = effectiveUs;
    }
    return stream.apply(message, effectiveUs);
  }

  private Outcome ofWaiting(BookMessage message, long effectiveUs, boolean readableWhole) {
    if (readableWhole) {
      boolean live = isLive() && !stream.levels().crossed();
      boolean late = live && stream.isNewerThan(message, deltasFor(message));
      return late ? Outcome.NOTHING : begin(message, effectiveUs);
    }
    if (message.kind() == BookMessage.Kind.DISCONNECTED) {
      end(message.session(), effectiveUs, true);
    }
    if (message.kind() == BookMessage.Kind.DELTA && isCurrentDead(effectiveUs)) {
      stream.die();
    }
    return keep(message, effectiveUs);
  }

  private Outcome ofOver(BookMessage message, long effectiveUs, boolean readableWhole) {
    boolean mayGoOn = currentEnded && !over.get(message.session()).byItself();
    if (mayGoOn && readableWhole && stream.isLossSurelyBefore(message, deltasFor(message))) {
      return begin(message, effectiveUs);
    }
    if (message.kind() == BookMessage.Kind.DISCONNECTED) {
      end(message.session(), effectiveUs, true);
    }
    boolean dead = isCurrentDead(effectiveUs);
    if (dead && readableWhole) {
      return begin(message, effectiveUs);
    }
    if (dead || currentEnded) {
      stream.die();
      return keep(message, effectiveUs);
    }
    if (!message.whole()) {
      waiting.noteDropped(message, effectiveUs);
    }
    return Outcome.NOTHING;
  }

  /** Whether other sessions alone have been heard for more than five seconds. */
  private boolean isCurrentDead(long effectiveUs) {
    boolean first = overHeardUs == null;
    overHeardUs = first ? (Long) effectiveUs : overHeardUs;
    overUntilUs = first ? effectiveUs : Math.max(overUntilUs, effectiveUs);
    return overUntilUs - overHeardUs > 5 * SECOND;
  }

  private List<BookMessage> deltasFor(BookMessage whole) {
    return waiting.all().stream()
        .map(PlainKept.Entry::message)
        .filter(delta -> delta.session() == whole.session() && delta.feed() == whole.feed())
        .filter(delta -> delta.kind() == BookMessage.Kind.DELTA)
        .toList();
  }

  /** Its whole book may come. */
  private Outcome keep(BookMessage message, long effectiveUs) {
    if (!message.whole()) {
      waiting.add(message, effectiveUs);
    }
    return Outcome.NOTHING;
  }

  /**
   * Whether a feed says as much as the one that the book follows, or that one has fallen silent.
   */
  private boolean isNoSmallerFeed(BookMessage message, long effectiveUs) {
    long patience = (stream.isWithoutDelta() ? 1 : 60) * SECOND;
    return message.feed() >= stream.feed() || effectiveUs - feedHeardUs > patience;
  }

  /** The book follows the session and feed of a whole book from now on. */
  private Outcome begin(BookMessage whole, long effectiveUs) {
    String status = isLive() ? "gap" : status();
    long session = whole.session();
    over.remove(session);
    if (stream != null && stream.session() != session) {
      long former = stream.session();
      waiting.removeIf(message -> message.session() == former);
      end(former, effectiveUs, currentEnded);
    }
    Predicate<BookMessage> own =
        message ->
            message.session() == session && (message.isNotice() || message.feed() == whole.feed());
    kept.begin(waiting.all().stream().filter(entry -> own.test(entry.message())).toList());
    waiting.removeIf(own);
    currentEnded = false;
    if (stream == null || stream.session() != session) {
      boolean acknowledged =
          waitingSubscription != null && waitingSubscription.session() == session;
      subscribedDepth = acknowledged ? waitingSubscription.depth() : null;
    }
    overHeardUs = null;
    feedHeardUs = effectiveUs;
    boolean unchecked = stream != null && stream.isUnchecked();
    stream = new PlainStream(this, kept, session, whole.feed(), status, unchecked);
    stream.lostAt(waiting.takeDropped(session));
    return stream.apply(whole, effectiveUs);
  }

  private void end(long session, long effectiveUs, boolean byItself) {
    over.remove(session);
    over.put(session, new End(effectiveUs, byItself));
    while (over.size() > 8) {
      over.remove(over.keySet().iterator().next());
    }
  }

  private void forgetSessions(long effectiveUs) {
    over.values().removeIf(end -> end.timeUs() < effectiveUs - 3600 * SECOND);
  }

  final void countVerified() {
    verified++;
  }

  /** How many checksums were right. */
  public final int verified() {
    return verified;
  }

  final void countDrift() {
    drifts++;
  }

  /** How often a whole book differed from the live book that it was held against. */
  public final int drifts() {
    return drifts;
  }

  /** Whether the feed that the book follows has sent more than whole books. */
  final boolean sendsDeltas() {
    return stream != null && feedsWithDeltas.contains(stream.feed());
  }

  /** {@code live}, {@code awaiting-snapshot}, or why it is not live. */
  public final String status() {
    return stream == null ? "awaiting-snapshot" : stream.status();
  }

  /** Whether it can be trusted, except that it may be crossed or stale. */
  public final boolean isLive() {
    return status().equals("live");
  }

  private PlainLevels levels() {
    return stream == null ? none : stream.levels();
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
    return levels().bids();
  }

  /** The asks. */
  public final PlainSide asks() {
    return levels().asks();
  }

  /** Best bid and ask; null unless the book is live with both sides. */
  public final Quote quote() {
    Level bid = bids().best();
    Level ask = asks().best();
    return isLive() && bid != null && ask != null ? new Quote(bid, ask) : null;
  }
}
