package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Decimals;
import io.streamforge.market.Instrument;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * The order book of one instrument, and whether it can be trusted. Messages are applied in log
 * order; each carries its venue's own rule (what it follows, what the book adds up to after it),
 * and the book is live only while every rule held since a snapshot. Deltas that cannot be applied
 * yet wait for a snapshot, in order.
 */
public final class OrderBook {
  private final int maxWaiting;
  private final BookChecksum krakenChecksum = new KrakenChecksum();
  private final BookChecksum okxChecksum = new OkxChecksum();
  private final BookSide bids = new BookSide(true);
  private final BookSide asks = new BookSide(false);
  private final ArrayDeque<BookUpdate> waiting = new ArrayDeque<>();

  private BookStatus status = BookStatus.AWAITING_SNAPSHOT;
  private int priceScale;
  private int quantityScale;
  private long sequence = BookUpdate.NO_SEQUENCE;
  private boolean snapshotIsNewest;
  private long lastEventUs;
  private long droppedWaiting;

  /**
   * @param maxWaiting how many deltas may wait for a snapshot; beyond it the oldest is dropped
   */
  public OrderBook(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  /** Applies the next message of the log. */
  public Outcome apply(BookUpdate update) {
    if (update.snapshot()) {
      return applySnapshot(update);
    }
    if (status != BookStatus.LIVE) {
      await(update);
      return Outcome.WAITING;
    }
    return applyDelta(update);
  }

  private Outcome applySnapshot(BookUpdate snapshot) {
    if (!snapshot.restart() && status == BookStatus.LIVE && snapshot.sequence() < sequence) {
      return Outcome.SNAPSHOT_IGNORED;
    }
    replaceLevels(snapshot);
    if (!checksumHolds(snapshot)) {
      return lose(BookStatus.CHECKSUM_MISMATCH, Outcome.CHECKSUM_MISMATCH);
    }
    status = BookStatus.LIVE;
    // What waits came before it in the stream.
    if (snapshot.restart()) {
      waiting.clear();
    }
    for (int left = waiting.size(); left > 0; left--) {
      Outcome outcome = applyDelta(waiting.poll());
      if (status != BookStatus.LIVE) {
        // The lost delta went to the back of the queue: bring the others behind it.
        for (int rest = left - 1; rest > 0; rest--) {
          waiting.add(waiting.poll());
        }
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
    sequence = snapshot.sequence();
    snapshotIsNewest = true;
    lastEventUs = snapshot.eventTimeUs();
  }

  private Outcome applyDelta(BookUpdate delta) {
    if (isCovered(delta)) {
      return Outcome.COVERED;
    }
    if (!follows(delta)) {
      await(delta);
      return lose(BookStatus.GAP, Outcome.GAP);
    }
    if (!toScaleOf(delta)) {
      return lose(BookStatus.GAP, Outcome.GAP);
    }
    writeLevels(delta);
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

  private void await(BookUpdate delta) {
    if (delta.sequence() == BookUpdate.NO_SEQUENCE) {
      return;
    }
    if (waiting.size() == maxWaiting) {
      waiting.poll();
      droppedWaiting++;
    }
    waiting.add(delta);
  }

  /**
   * Makes the ladders as fine as the message; false if their numbers, or the message's, do not fit
   * then.
   */
  private boolean toScaleOf(BookUpdate update) {
    int finerPrice = Math.max(0, update.priceScale() - priceScale);
    int finerQuantity = Math.max(0, update.quantityScale() - quantityScale);
    if (finerPrice + finerQuantity > 0) {
      if (!bids.rescale(finerPrice, finerQuantity) || !asks.rescale(finerPrice, finerQuantity)) {
        return false;
      }
      priceScale += finerPrice;
      quantityScale += finerQuantity;
    }
    for (int i = 0; i < update.levels(); i++) {
      if (Decimals.rescale(update.price(i), update.priceScale(), priceScale) < 0
          || Decimals.rescale(update.quantity(i), update.quantityScale(), quantityScale) < 0) {
        return false;
      }
    }
    return true;
  }

  private void writeLevels(BookUpdate update) {
    long priceFactor = Decimals.powerOfTen(priceScale - update.priceScale());
    long quantityFactor = Decimals.powerOfTen(quantityScale - update.quantityScale());
    for (int i = 0; i < update.levels(); i++) {
      (i < update.bids() ? bids : asks)
          .ladder()
          .set(
              update.price(i) * priceFactor,
              update.quantity(i) * quantityFactor,
              update.sentScales(i));
    }
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

  /** Deltas that fell out of the waiting queue so far. */
  public long droppedWaiting() {
    return droppedWaiting;
  }

  public BookSide bids() {
    return bids;
  }

  public BookSide asks() {
    return asks;
  }

  /** Writes the book and what waits for it. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(status.code());
    out.writeByte(priceScale);
    out.writeByte(quantityScale);
    out.writeLong(sequence);
    out.writeBoolean(snapshotIsNewest);
    out.writeLong(lastEventUs);
    out.writeLong(droppedWaiting);
    bids.writeTo(out);
    asks.writeTo(out);
    out.writeInt(waiting.size());
    for (BookUpdate update : waiting) {
      update.writeTo(out);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public void readFrom(DataInput in, Instrument instrument) throws IOException {
    status = BookStatus.ofCode(in.readByte());
    priceScale = in.readByte();
    quantityScale = in.readByte();
    sequence = in.readLong();
    snapshotIsNewest = in.readBoolean();
    lastEventUs = in.readLong();
    droppedWaiting = in.readLong();
    bids.readFrom(in);
    asks.readFrom(in);
    waiting.clear();
    for (int left = in.readInt(); left > 0; left--) {
      waiting.add(BookUpdate.readFrom(in, instrument));
    }
  }
}
