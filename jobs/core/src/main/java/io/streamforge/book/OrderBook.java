package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.Touch;
import io.streamforge.section.Section;
import io.streamforge.section.SectionReader;
import io.streamforge.section.SectionWriter;
import io.streamforge.window.PageStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The order book of one instrument, and whether it can be trusted. Messages are applied in log
 * order; each carries its venue's own rule (what it follows, what the book adds up to after it),
 * and the book is live only while every rule held since a snapshot. What is lost is lost until a
 * snapshot that is newer, with the deltas since it; {@code docs/trust.md} has the rules.
 */
public final class OrderBook {
  private static final Section STATE = Section.of(1, "book.state");
  private static final Section BIDS = Section.of(2, "book.bids");
  private static final Section ASKS = Section.of(3, "book.asks");
  private static final Section KEPT = Section.of(4, "book.kept");
  private static final Section CONTINUITY = Section.of(5, "book.continuity");
  private static final Section SESSIONS = Section.of(6, "book.sessions");
  private static final Section DEPTH = Section.of(7, "book.depth");
  private static final Section WAITING = Section.of(8, "book.waiting");
  private static final Section DISCARDED = Section.of(9, "book.discarded");

  static final int NO_FEED = Integer.MIN_VALUE;

  /** A feed that is silent for so long gives way to another one of the same book. */
  private static final long FEED_SILENT_US = 60_000_000;

  /** The same of a snapshot that no delta has followed. */
  private static final long SNAPSHOT_ALONE_US = 1_000_000;

  /** What its objects take without a level, about. */
  private static final long OWN_BYTES = 1_008;

  private final FollowedBook book;
  private final Sessions sessions = new Sessions();

  /** When the feed that the book follows was heard last. */
  private long feedUs;

  private boolean sendsDeltas;

  /** An empty book. */
  public OrderBook(BookLimits limits) {
    book = new FollowedBook(limits);
  }

  /** Applies the next message of the log. */
  public Outcome apply(BookUpdate update) {
    if (isOfLesserFeed(update)) {
      return Outcome.UNUSED;
    }
    if (update.kind() == BookUpdate.Kind.LOST) { // whatever session the lost ones were of
      return take(update);
    }
    return switch (sessions.standing(update)) {
      case FIRST -> takeBeforeTheFirst(update);
      case CURRENT -> take(update);
      case WAITING -> takeBeforeItsTurn(update);
      case SUPERSEDED -> takeOfSuperseded(update);
      case OVER -> takeOfFormer(update);
    };
  }

  private boolean isOfLesserFeed(BookUpdate update) {
    boolean ofFeed = update.snapshot() || update.kind() == BookUpdate.Kind.DELTA;
    return ofFeed && update.feed() < book.feed() && !isFeedSilentAt(update.effectiveTimeUs());
  }

  private boolean isFeedSilentAt(long timeUs) {
    return timeUs - feedUs > (book.held().isWithoutDelta() ? SNAPSHOT_ALONE_US : FEED_SILENT_US);
  }

  private Outcome takeBeforeTheFirst(BookUpdate update) {
    return switch (update.kind()) {
      case SNAPSHOT, RESTART ->
          update.isReadable() ? takeOver(update) : Outcome.SNAPSHOT_UNREADABLE;
      case SUBSCRIBED -> {
        sessions.subscribe(update);
        yield Outcome.UNUSED;
      }
      default -> {
        book.keepForTakeOver(update);
        yield Outcome.WAITING;
      }
    };
  }

  private Outcome takeBeforeItsTurn(BookUpdate update) {
    if (update.snapshot() && update.isReadable()) {
      boolean live = status() == BookStatus.LIVE && !book.held().levels().areCrossed();
      boolean late = live && book.isNewerThan(update);
      return late ? Outcome.SNAPSHOT_IGNORED : takeOver(update);
    }
    if (update.kind() == BookUpdate.Kind.SUBSCRIBED) {
      sessions.subscribe(update);
      return Outcome.UNUSED;
    }
    if (update.kind() == BookUpdate.Kind.DISCONNECTED) {
      sessions.end(update);
    }
    book.keepForTakeOver(update);
    if (update.kind() == BookUpdate.Kind.DELTA && sessions.isCurrentDead(update)) {
      return book.die();
    }
    return status() == BookStatus.LIVE ? Outcome.UNUSED : Outcome.WAITING;
  }

  /** The session that followed it has lost its connection: it may go on. */
  private Outcome takeOfSuperseded(BookUpdate update) {
    if (update.snapshot() && update.isReadable() && book.isLossSurelyBefore(update)) {
      return takeOver(update);
    }
    return takeOfFormer(update);
  }

  private Outcome takeOfFormer(BookUpdate update) {
    if (update.kind() == BookUpdate.Kind.DISCONNECTED) {
      sessions.end(update);
    }
    boolean dead = sessions.isCurrentDead(update);
    if (dead && update.snapshot() && update.isReadable()) {
      return takeOver(update);
    }
    if (dead || sessions.hasCurrentEnded()) {
      book.keepForTakeOver(update);
      return book.die();
    }
    if (update.kind() == BookUpdate.Kind.DELTA || update.isNotice()) {
      book.others().discarded().add(update);
    }
    return Outcome.UNUSED;
  }

  private Outcome take(BookUpdate update) {
    return switch (update.kind()) {
      case SUBSCRIBED -> {
        book.held().depth().subscribe(update.depth());
        yield Outcome.UNUSED;
      }
      case DISCONNECTED -> book.disconnect(update);
      case UNREADABLE -> book.loseMessage(update);
      case LOST -> book.loseRecords(update);
      case DELTA, SNAPSHOT, RESTART -> takeOfFeed(update);
    };
  }

  private Outcome takeOfFeed(BookUpdate update) {
    if (update.feed() != book.feed()) {
      if (update.snapshot() && update.isReadable()) {
        return takeOver(update);
      }
      if (update.feed() > book.feed()) {
        book.keepForTakeOver(update);
      }
      return Outcome.UNUSED;
    }
    feedUs = update.effectiveTimeUs();
    sendsDeltas |= update.kind() == BookUpdate.Kind.DELTA;
    return update.snapshot() ? book.takeSnapshot(update) : book.takeDelta(update);
  }

  /** The book is begun anew by a snapshot of another feed, or of another session of its writer. */
  private Outcome takeOver(BookUpdate snapshot) {
    sendsDeltas &= book.feed() == NO_FEED || snapshot.feed() == book.feed();
    sendsDeltas |= book.others().hasDeltasOf(snapshot.feed());
    boolean ofOther = book.feed() == NO_FEED || snapshot.session() != sessions.current();
    sessions.begin(snapshot);
    if (ofOther) {
      book.held().depth().begin(sessions.subscribedDepth());
    }
    feedUs = snapshot.effectiveTimeUs();
    return book.takeOver(snapshot);
  }

  /** Back to the empty book. */
  public void reset() {
    book.reset();
    sessions.reset();
    feedUs = 0;
    sendsDeltas = false;
  }

  /** {@code live} or what broke; whether a live book is crossed or stale is a question of when. */
  public BookStatus status() {
    return book.status();
  }

  /** The venue's number of the last message applied, or {@link BookUpdate#NO_SEQUENCE}. */
  public long sequence() {
    return book.held().continuity().sequence();
  }

  /** Event time of the last message applied, microseconds since the epoch; 0 before the first. */
  public long lastEventUs() {
    return book.held().lastEventUs();
  }

  /** How far from the mid the book is known, basis points; at most 1000, as where it is whole. */
  public double knownBps() {
    return book.held().levels().knownBps();
  }

  /** What {@link #knownBps} was when the last snapshot came. */
  double givenBps() {
    return book.held().levels().givenBps();
  }

  /**
   * Whether the feed sends changes of levels too, and not whole books alone: only then do messages
   * tell what changed at the touch.
   */
  public boolean sendsDeltas() {
    return sendsDeltas;
  }

  /** The best levels held. */
  public Touch touch() {
    BookSide bids = bids();
    BookSide asks = asks();
    return new Touch(
        bids.hasBest() ? bids.bestPrice() : Touch.NONE,
        bids.hasBest() ? bids.bestQuantity() : Touch.NONE,
        asks.hasBest() ? asks.bestPrice() : Touch.NONE,
        asks.hasBest() ? asks.bestQuantity() : Touch.NONE,
        priceScale(),
        quantityScale());
  }

  /** Decimals of all prices. */
  public int priceScale() {
    return book.held().levels().priceScale();
  }

  /** Decimals of all quantities. */
  public int quantityScale() {
    return book.held().levels().quantityScale();
  }

  /** Deltas that fell out of the waiting queue since the last call. */
  public long takeDropped() {
    return book.kept().takeDropped() + waiting().takeDropped();
  }

  /** Memory that it takes, its levels and what is kept, bytes. */
  public long heapBytes() {
    return OWN_BYTES
        + book.held().levels().heapBytes()
        + book.kept().heapBytes()
        + waiting().heapBytes();
  }

  public BookSide bids() {
    return book.held().levels().bids();
  }

  public BookSide asks() {
    return book.held().levels().asks();
  }

  /**
   * Writes the book: the pages that changed since it was written or read last, and a header that
   * finds them again.
   */
  public void writeTo(DataOutput header, PageStore pages) throws IOException {
    new SectionWriter(header)
        .write(STATE, this::writeState)
        .write(BIDS, out -> bids().writeTo(out, new PageSpace(pages, PageSpace.BIDS)))
        .write(ASKS, out -> asks().writeTo(out, new PageSpace(pages, PageSpace.ASKS)))
        .write(KEPT, out -> book.kept().writeTo(out, new PageSpace(pages, PageSpace.KEPT)))
        .write(CONTINUITY, book.held().continuity()::writeTo)
        .write(SESSIONS, sessions::writeTo)
        .write(DEPTH, book.held().depth()::writeTo)
        .write(WAITING, out -> waiting().writeTo(out, new PageSpace(pages, PageSpace.WAITING)))
        .write(DISCARDED, book.others().discarded()::writeTo)
        .end();
  }

  /** Reads what {@link #writeTo} wrote, into an empty book. */
  public void readFrom(DataInput header, PageStore pages, Instrument instrument)
      throws IOException {
    new SectionReader(header)
        .read(STATE, this::readState)
        .read(BIDS, in -> bids().readFrom(in, new PageSpace(pages, PageSpace.BIDS)))
        .read(ASKS, in -> asks().readFrom(in, new PageSpace(pages, PageSpace.ASKS)))
        .read(
            KEPT, in -> book.kept().readFrom(in, new PageSpace(pages, PageSpace.KEPT), instrument))
        .read(CONTINUITY, book.held().continuity()::readFrom)
        .read(SESSIONS, sessions::readFrom)
        .read(DEPTH, book.held().depth()::readFrom)
        .read(
            WAITING,
            in -> waiting().readFrom(in, new PageSpace(pages, PageSpace.WAITING), instrument))
        .read(DISCARDED, book.others().discarded()::readFrom);
  }

  private KeptUpdates waiting() {
    return book.others().updates();
  }

  private void writeState(DataOutput out) throws IOException {
    book.writeTo(out);
    out.writeLong(feedUs);
    out.writeBoolean(sendsDeltas);
  }

  private void readState(DataInput in) throws IOException {
    book.readFrom(in);
    feedUs = in.readLong();
    sendsDeltas = in.readBoolean();
  }
}
