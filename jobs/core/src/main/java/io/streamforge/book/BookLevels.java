package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Decimals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** The levels of both sides of a book, at one scale of prices and one of quantities. */
final class BookLevels {
  /**
   * Levels are set one by one, as they are mostly near the best, unless they could move more levels
   * than this.
   */
  private static final long MOST_MOVES = 1L << 20;

  private final BookChecksum krakenChecksum = new KrakenChecksum();
  private final BookChecksum okxChecksum = new OkxChecksum();
  private final BookSide bids;
  private final BookSide asks;
  private int priceScale;
  private int quantityScale;
  private double givenBps;

  BookLevels(int maxLevels) {
    bids = new BookSide(true, maxLevels);
    asks = new BookSide(false, maxLevels);
  }

  BookSide bids() {
    return bids;
  }

  BookSide asks() {
    return asks;
  }

  int priceScale() {
    return priceScale;
  }

  int quantityScale() {
    return quantityScale;
  }

  void clear() {
    bids.clear(BookUpdate.FULL_DEPTH, BookUpdate.FULL_DEPTH);
    asks.clear(BookUpdate.FULL_DEPTH, BookUpdate.FULL_DEPTH);
    priceScale = 0;
    quantityScale = 0;
    givenBps = 0;
  }

  /**
   * Makes them those of a snapshot.
   *
   * @param held levels a side that are kept
   * @param known those of them that the feed keeps up to date for certain
   */
  void replace(BookUpdate snapshot, int held, int known) {
    bids.clear(held, known);
    asks.clear(held, known);
    priceScale = snapshot.priceScale();
    quantityScale = snapshot.quantityScale();
    write(snapshot);
    bids.filled(snapshot.bidsComplete());
    asks.filled(snapshot.asksComplete());
    cut();
    widen();
    givenBps = knownBps();
  }

  /** Changes them as a delta says; false, and nothing has changed, if its numbers do not fit. */
  boolean change(BookUpdate delta) {
    if (!toScaleOf(delta)) {
      return false;
    }
    write(delta);
    cut();
    widen();
    return true;
  }

  /**
   * Changes them as a delta says that is older than others which have been applied: what these say
   * of its prices stands. False, and nothing has changed, if its numbers do not fit.
   *
   * @param newer in the order in which they were applied
   */
  boolean changeBefore(BookUpdate delta, List<BookUpdate> newer) {
    if (!toScaleOf(delta)) {
      return false;
    }
    SortedLevels bidLevels =
        new SortedLevels(bids.ladder(), delta, 0, delta.bids(), priceScale, quantityScale);
    SortedLevels askLevels =
        new SortedLevels(
            asks.ladder(), delta, delta.bids(), delta.levels(), priceScale, quantityScale);
    for (BookUpdate update : newer) {
      bidLevels.overwrite(update, 0, update.bids());
      askLevels.overwrite(update, update.bids(), update.levels());
    }
    bids.ladder().setAll(bidLevels);
    asks.ladder().setAll(askLevels);
    cut();
    widen();
    return true;
  }

  /** Where one side's best price is, the other has nothing. */
  private void widen() {
    if (bids.hasBest() && asks.hasBest() && bids.bestPrice() < asks.bestPrice()) {
      bids.otherReaches(asks.bestPrice());
      asks.otherReaches(bids.bestPrice());
    }
  }

  /** How far from the mid both sides are known, basis points; NaN where there is no mid. */
  double knownBps() {
    if (!bids.hasBest() || !asks.hasBest()) {
      return Double.NaN;
    }
    long twiceMid = bids.bestPrice() + asks.bestPrice();
    return Math.min(bids.knownBps(twiceMid), asks.knownBps(twiceMid));
  }

  /** What {@link #knownBps} was when the last snapshot came. */
  double givenBps() {
    return givenBps;
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

  private void write(BookUpdate update) {
    write(update, bids.ladder(), 0, update.bids());
    write(update, asks.ladder(), update.bids(), update.levels());
  }

  private void write(BookUpdate update, Ladder ladder, int from, int to) {
    int levels = to - from;
    if ((long) levels * (ladder.size() + levels) > MOST_MOVES) {
      ladder.setAll(new SortedLevels(ladder, update, from, to, priceScale, quantityScale));
    } else {
      writeEach(update, ladder, from, to);
    }
  }

  private void writeEach(BookUpdate update, Ladder ladder, int from, int to) {
    int priceDigits = priceScale - update.priceScale();
    int quantityDigits = quantityScale - update.quantityScale();
    for (int i = from; i < to; i++) {
      ladder.set(
          Decimals.shift(update.price(i), priceDigits),
          Decimals.shift(update.quantity(i), quantityDigits),
          update.sentScales(i));
    }
  }

  private void cut() {
    bids.cut();
    asks.cut();
  }

  /** Whether the venue's checksum, if the message has one, is that of the levels. */
  boolean checksumHolds(BookUpdate update) {
    if (update.checksum() == null) {
      return true;
    }
    int sum = checksum(update).of(bids.ladder(), asks.ladder(), priceScale, quantityScale);
    return update.checksumValue() == sum;
  }

  /** The levels that the checksum of an update, if it has one, does not cover are unknown. */
  void knowNoMoreThanChecked(BookUpdate update) {
    if (update.checksum() != null) {
      int checked = checksum(update).levels();
      bids.knowAtMost(checked);
      asks.knowAtMost(checked);
    }
  }

  private BookChecksum checksum(BookUpdate update) {
    return switch (update.checksum()) {
      case KRAKEN -> krakenChecksum;
      case OKX -> okxChecksum;
    };
  }

  /** Whether the best bid is at or above the best ask. */
  boolean areCrossed() {
    return bids.hasBest() && asks.hasBest() && bids.bestPrice() >= asks.bestPrice();
  }

  /** What is compared to tell whether levels are the same: of both sides, worst first. */
  LevelsCopy copy() {
    return new LevelsCopy(bids.ladder().copy(), asks.ladder().copy(), priceScale, quantityScale);
  }

  /** Memory that they take, bytes. */
  long heapBytes() {
    return bids.ladder().heapBytes() + asks.ladder().heapBytes();
  }

  /** Writes all but the sides. */
  void writeTo(DataOutput out) throws IOException {
    out.writeByte(priceScale);
    out.writeByte(quantityScale);
    out.writeDouble(givenBps);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    priceScale = in.readByte();
    quantityScale = in.readByte();
    givenBps = in.readDouble();
  }
}
