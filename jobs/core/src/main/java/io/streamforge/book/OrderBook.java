package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Decimals;
import io.streamforge.market.Instrument;
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
 * and the book is live only while every rule held since a snapshot. Deltas that cannot be applied
 * yet wait for a snapshot, in order.
 */
public final class OrderBook {
  private static final Section STATE = Section.of(1, "book.state");
  private static final Section BIDS = Section.of(2, "book.bids");
  private static final Section ASKS = Section.of(3, "book.asks");
  private static final Section WAITING = Section.of(4, "book.waiting");

  private final BookChecksum krakenChecksum = new KrakenChecksum();
  private final BookChecksum okxChecksum = new OkxChecksum();
  private final BookSide bids;
  private final BookSide asks;
  private final WaitingUpdates waiting;

  private BookStatus status = BookStatus.AWAITING_SNAPSHOT;
  private int priceScale;
  private int quantityScale;
  private long sequence = BookUpdate.NO_SEQUENCE;
  private boolean snapshotIsNewest;
  private long lastEventUs;

  /** An empty book. */
  public OrderBook(BookLimits limits) {
    bids = new BookSide(true, limits.levels());
    asks = new BookSide(false, limits.levels());
    waiting = new WaitingUpdates(limits);
  }

  /** Applies the next message of the log. */
  public Outcome apply(BookUpdate update) {
    if (update.snapshot()) {
      return applySnapshot(update);
    }
    if (update.kind() != BookUpdate.Kind.DELTA) {
      return Outcome.WAITING;
    }
    if (status != BookStatus.LIVE) {
      if (update.sequence() != BookUpdate.NO_SEQUENCE) {
        waiting.add(update);
      }
      return Outcome.WAITING;
    }
    if (isCovered(update)) {
      return Outcome.COVERED;
    }
    if (!follows(update)) {
      waiting.add(update);
      return lose(BookStatus.GAP, Outcome.GAP);
    }
    return applyDelta(update);
  }

  /** Back to the empty book. */
  public void reset() {
    status = BookStatus.AWAITING_SNAPSHOT;
    bids.clear(BookUpdate.FULL_DEPTH);
    asks.clear(BookUpdate.FULL_DEPTH);
    waiting.clear();
    priceScale = 0;
    quantityScale = 0;
    sequence = BookUpdate.NO_SEQUENCE;
    snapshotIsNewest = false;
    lastEventUs = 0;
  }

  private Outcome applySnapshot(BookUpdate snapshot) {
    if (snapshot.kind() != BookUpdate.Kind.RESTART
        && status == BookStatus.LIVE
        && snapshot.sequence() < sequence) {
      return Outcome.SNAPSHOT_IGNORED;
    }
    replaceLevels(snapshot);
    if (!checksumHolds(snapshot)) {
      return lose(BookStatus.CHECKSUM_MISMATCH, Outcome.CHECKSUM_MISMATCH);
    }
    status = BookStatus.LIVE;
    // What waits came before it in the stream.
    if (snapshot.kind() == BookUpdate.Kind.RESTART) {
      waiting.clear();
    }
    for (BookUpdate next = waiting.peek(); next != null; next = waiting.peek()) {
      boolean covered = isCovered(next);
      if (!covered && !follows(next)) {
        return lose(BookStatus.GAP, Outcome.GAP);
      }
      waiting.poll();
      Outcome outcome = covered ? Outcome.COVERED : applyDelta(next);
      if (status != BookStatus.LIVE) {
        return outcome;
      }
    }
    return Outcome.SNAPSHOT_APPLIED;
  }

  private void replaceLevels(BookUpdate snapshot) {
    bids.clear(snapshot.depth());
    asks.clear(snapshot.depth());
    priceScale = snapshot.priceScale();
    quantityScale = snapshot.quantityScale();
    writeLevels(snapshot);
    bids.filled(snapshot.bidsComplete());
    asks.filled(snapshot.asksComplete());
    cut();
    sequence = snapshot.sequence();
    snapshotIsNewest = true;
    lastEventUs = snapshot.eventTimeUs();
  }

  private Outcome applyDelta(BookUpdate delta) {
    if (!toScaleOf(delta)) {
      return lose(BookStatus.GAP, Outcome.GAP);
    }
    writeLevels(delta);
    cut();
    sequence = delta.sequence();
    snapshotIsNewest = false;
    lastEventUs = delta.eventTimeUs();
    return checksumHolds(delta)
        ? Outcome.APPLIED
        : lose(BookStatus.CHECKSUM_MISMATCH, Outcome.CHECKSUM_MISMATCH);
  }

  private boolean isCovered(BookUpdate delta) {
    if (delta.previousSequence() == BookUpdate.NO_SEQUENCE) {
      return delta.sequence() != BookUpdate.NO_SEQUENCE && delta.sequence() < sequence;
    }
    // A delta that names the book's number follows it, even where the venue counts anew.
    return delta.sequence() <= sequence && delta.previousSequence() != sequence;
  }

  // The first delta after a snapshot may reach back behind it; every later one continues the last.
  private boolean follows(BookUpdate delta) {
    long previous = delta.previousSequence();
    return previous == BookUpdate.NO_SEQUENCE
        || previous == sequence
        || (snapshotIsNewest && previous < sequence);
  }

  private Outcome lose(BookStatus why, Outcome outcome) {
    status = why;
    return outcome;
  }

  /**
   * Brings the ladders to scales that the message fits too: the finest of both, else what both
   * need. False if there are none.
   */
  private boolean toScaleOf(BookUpdate update) {
    int price = Math.max(priceScale, update.priceScale());
    int quantity = Math.max(quantityScale, update.quantityScale());
    return toScales(price, quantity, update)
        || toScales(priceScale, quantityScale, update)
        || toScales(neededPriceScale(update), neededQuantityScale(update), update);
  }

  private boolean toScales(int price, int quantity, BookUpdate update) {
    if (!update.fits(price, quantity)) {
      return false;
    }
    int priceDigits = price - priceScale;
    int quantityDigits = quantity - quantityScale;
    if (priceDigits != 0 || quantityDigits != 0) {
      if (!bids.fits(priceDigits, quantityDigits) || !asks.fits(priceDigits, quantityDigits)) {
        return false;
      }
      bids.shift(priceDigits, quantityDigits);
      asks.shift(priceDigits, quantityDigits);
      priceScale = price;
      quantityScale = quantity;
    }
    return true;
  }

  private int neededPriceScale(BookUpdate update) {
    int ofBook = priceScale - asks.priceZeros(bids.priceZeros(priceScale));
    return Math.max(ofBook, update.neededPriceScale());
  }

  private int neededQuantityScale(BookUpdate update) {
    int ofBook = quantityScale - asks.quantityZeros(bids.quantityZeros(quantityScale));
    return Math.max(ofBook, update.neededQuantityScale());
  }

  private void writeLevels(BookUpdate update) {
    int priceDigits = priceScale - update.priceScale();
    int quantityDigits = quantityScale - update.quantityScale();
    for (int i = 0; i < update.levels(); i++) {
      (i < update.bids() ? bids : asks)
          .ladder()
          .set(
              Decimals.shift(update.price(i), priceDigits),
              Decimals.shift(update.quantity(i), quantityDigits),
              update.sentScales(i));
    }
  }

  private void cut() {
    bids.cut();
    asks.cut();
  }

  private boolean checksumHolds(BookUpdate update) {
    if (update.checksum() == null) {
      return true;
    }
    BookChecksum checksum =
        switch (update.checksum()) {
          case KRAKEN -> krakenChecksum;
          case OKX -> okxChecksum;
        };
    return update.checksumValue()
        == checksum.of(bids.ladder(), asks.ladder(), priceScale, quantityScale);
  }

  /** {@code live} or what broke; whether a live book is crossed or stale is a question of when. */
  public BookStatus status() {
    return status;
  }

  /** The venue's number of the last message applied, or {@link BookUpdate#NO_SEQUENCE}. */
  public long sequence() {
    return sequence;
  }

  /** Event time of the last message applied, microseconds since the epoch; 0 before the first. */
  public long lastEventUs() {
    return lastEventUs;
  }

  /** Decimals of all prices. */
  public int priceScale() {
    return priceScale;
  }

  /** Decimals of all quantities. */
  public int quantityScale() {
    return quantityScale;
  }

  /** Deltas that fell out of the waiting queue since the last call. */
  public long takeDropped() {
    return waiting.takeDropped();
  }

  /** Memory that the levels and what waits take, bytes. */
  public long heapBytes() {
    return bids.ladder().heapBytes() + asks.ladder().heapBytes() + waiting.heapBytes();
  }

  public BookSide bids() {
    return bids;
  }

  public BookSide asks() {
    return asks;
  }

  /**
   * Writes the book: the pages that changed since it was written or read last, and a header that
   * finds them again.
   */
  public void writeTo(DataOutput header, PageStore pages) throws IOException {
    new SectionWriter(header)
        .write(STATE, this::writeState)
        .write(BIDS, out -> bids.writeTo(out, new PageSpace(pages, PageSpace.BIDS)))
        .write(ASKS, out -> asks.writeTo(out, new PageSpace(pages, PageSpace.ASKS)))
        .write(WAITING, out -> waiting.writeTo(out, new PageSpace(pages, PageSpace.WAITING)))
        .end();
  }

  /** Reads what {@link #writeTo} wrote, into an empty book. */
  public void readFrom(DataInput header, PageStore pages, Instrument instrument)
      throws IOException {
    new SectionReader(header)
        .read(STATE, this::readState)
        .read(BIDS, in -> bids.readFrom(in, new PageSpace(pages, PageSpace.BIDS)))
        .read(ASKS, in -> asks.readFrom(in, new PageSpace(pages, PageSpace.ASKS)))
        .read(
            WAITING,
            in -> waiting.readFrom(in, new PageSpace(pages, PageSpace.WAITING), instrument));
  }

  private void writeState(DataOutput out) throws IOException {
    out.writeByte(status.code());
    out.writeByte(priceScale);
    out.writeByte(quantityScale);
    out.writeLong(sequence);
    out.writeBoolean(snapshotIsNewest);
    out.writeLong(lastEventUs);
  }

  private void readState(DataInput in) throws IOException {
    status = BookStatus.ofCode(in.readByte());
    priceScale = in.readByte();
    quantityScale = in.readByte();
    sequence = in.readLong();
    snapshotIsNewest = in.readBoolean();
    lastEventUs = in.readLong();
  }
}
