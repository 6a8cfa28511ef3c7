package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Decimals;
import io.streamforge.market.ExactSum;
import io.streamforge.window.PageStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One side of a book and how much of the venue's side it is. A feed of fixed depth is known as far
 * as the worst level held, or wholly if it holds fewer. A full-depth feed is known as far as its
 * snapshot reached, and further where the other side's best price has been: nothing stood there
 * then, and what came since was sent. Prices and quantities are in the book's scales.
 */
public final class BookSide {
  private static final long WHOLE = Long.MIN_VALUE;
  private static final long UNKNOWN = Long.MAX_VALUE;
  private static final double MOST_BPS = 1000;

  private final Ladder ladder;
  private final int maxLevels;
  private int depth;
  private int knownDepth;
  private long snapshotKnownFrom = WHOLE;

  /** The lowest key that the other side's best price has had. */
  private long otherReached = UNKNOWN;

  BookSide(boolean bids, int maxLevels) {
    this.ladder = new Ladder(bids);
    this.maxLevels = maxLevels;
  }

  Ladder ladder() {
    return ladder;
  }

  void clear(int newDepth, int newKnownDepth) {
    ladder.clear();
    snapshotKnownFrom = WHOLE;
    otherReached = UNKNOWN;
    depth = newDepth == BookUpdate.FULL_DEPTH ? newDepth : Math.min(newDepth, maxLevels);
    knownDepth = Math.min(newKnownDepth, depth);
  }

  /** The ladder holds a snapshot now. */
  void filled(boolean complete) {
    snapshotKnownFrom = complete || ladder.size() == 0 ? WHOLE : worst();
  }

  /** Drops the levels that the feed, or this book, does not keep. */
  void cut() {
    if (depth != BookUpdate.FULL_DEPTH) {
      ladder.truncate(depth);
    }
    if (ladder.size() > maxLevels) {
      ladder.truncate(maxLevels);
      snapshotKnownFrom = Math.max(snapshotKnownFrom, worst());
      otherReached = Math.max(otherReached, worst());
    }
  }

  /** The other side's best price is this one, and the sides do not cross. */
  void otherReaches(long price) {
    otherReached = Math.min(otherReached, ladder.keyOf(price));
  }

  /** What the feed has said of the levels behind the best ones is not known. */
  void knowAtMost(int best) {
    if (depth != BookUpdate.FULL_DEPTH) {
      knownDepth = Math.min(knownDepth, best);
    } else if (ladder.size() >= best) {
      snapshotKnownFrom = Math.max(snapshotKnownFrom, ladder.keyAt(best - 1));
      otherReached = UNKNOWN;
    }
  }

  /** Whether the feed sends changes of levels that its snapshot did not reach. */
  boolean isPartlyKnown() {
    return depth == BookUpdate.FULL_DEPTH && snapshotKnownFrom != WHOLE;
  }

  /**
   * Whether the best level held must be the venue's: it is known, or there is no room for another
   * one between it and what is known.
   *
   * @param increment smallest step of prices, in the book's scale
   */
  boolean isBestProven(double increment) {
    return !isPartlyKnown() || knownFrom() - ladder.keyAt(0) <= increment;
  }

  /** How far from the mid the side is known, basis points; at most 1000, as where it is whole. */
  double knownBps(long twiceMid) {
    long from = knownFrom();
    if (from == WHOLE) {
      return MOST_BPS;
    }
    double distance = ladder.keyOf(1) * twiceMid - 2.0 * from;
    return Math.min(MOST_BPS, Math.max(0, 1e4 * distance / twiceMid));
  }

  /**
   * The smallest distance between two of the best levels; {@link Long#MAX_VALUE} if there is none.
   */
  long smallestGap(int ranks) {
    long smallest = Long.MAX_VALUE;
    for (int rank = 1; rank < Math.min(ranks, ladder.size()); rank++) {
      smallest = Math.min(smallest, ladder.keyAt(rank - 1) - ladder.keyAt(rank));
    }
    return smallest;
  }

  /**
   * Whether prices and quantities fit with so many more digits behind the point, fewer if they are
   * below 0.
   */
  boolean fits(int priceDigits, int quantityDigits) {
    return (snapshotKnownFrom == WHOLE
            || Decimals.shift(Math.abs(snapshotKnownFrom), priceDigits) >= 0)
        && (otherReached == UNKNOWN || Decimals.shift(Math.abs(otherReached), priceDigits) >= 0)
        && ladder.fits(priceDigits, quantityDigits);
  }

  /** Gives prices and quantities so many more digits, which {@link #fits fit}. */
  void shift(int priceDigits, int quantityDigits) {
    ladder.shift(priceDigits, quantityDigits);
    if (snapshotKnownFrom != WHOLE) {
      snapshotKnownFrom =
          Long.signum(snapshotKnownFrom) * Decimals.shift(Math.abs(snapshotKnownFrom), priceDigits);
    }
    if (otherReached != UNKNOWN) {
      otherReached =
          Long.signum(otherReached) * Decimals.shift(Math.abs(otherReached), priceDigits);
    }
  }

  /** How many zeros all prices end with, {@code atMost} or fewer. */
  int priceZeros(int atMost) {
    int zeros =
        snapshotKnownFrom == WHOLE ? atMost : Decimals.trailingZeros(snapshotKnownFrom, atMost);
    int reached = otherReached == UNKNOWN ? zeros : Decimals.trailingZeros(otherReached, zeros);
    return ladder.priceZeros(reached);
  }

  /** How many zeros all quantities end with, {@code atMost} or fewer. */
  int quantityZeros(int atMost) {
    return ladder.quantityZeros(atMost);
  }

  private long worst() {
    return ladder.keyAt(ladder.size() - 1);
  }

  private long knownFrom() {
    if (depth == BookUpdate.FULL_DEPTH) {
      return Math.min(snapshotKnownFrom, otherReached);
    }
    return ladder.size() < knownDepth ? WHOLE : ladder.keyAt(knownDepth - 1);
  }

  /**
   * Whether there is a best price. It is the best level held, even where the price has left the
   * range that the snapshot knew: what is best changes all the time, and so was sent since.
   */
  public boolean hasBest() {
    return ladder.size() > 0;
  }

  public long bestPrice() {
    return ladder.priceAt(0);
  }

  public long bestQuantity() {
    return ladder.quantityAt(0);
  }

  /** Levels held, known or not. */
  public int size() {
    return ladder.size();
  }

  public long price(int rank) {
    return ladder.priceAt(rank);
  }

  public long quantity(int rank) {
    return ladder.quantityAt(rank);
  }

  /** Whether the level at a rank, 0 being the best, is held and within what is known. */
  public boolean isKnown(int rank) {
    return rank < ladder.size() && ladder.keyAt(rank) >= knownFrom();
  }

  /** Quantity of the best levels; of all if the side has fewer and is wholly known; else null. */
  ExactSum topQuantity(int levels) {
    boolean known = isKnown(levels - 1) || (ladder.size() < levels && knownFrom() == WHOLE);
    return known ? ladder.topQuantity(levels) : null;
  }

  /**
   * Σ price · quantity over the levels within {@code basisPoints} of the mid, both bounds exact;
   * NaN where the side is not known that far.
   *
   * @param twiceMid best bid + best ask
   */
  double valueWithin(int basisPoints, long twiceMid, int scale) {
    long from = firstWithin(basisPoints, twiceMid);
    if (from == UNKNOWN) {
      return Double.NaN;
    }
    ExactSum value = new ExactSum();
    ladder.addValue(from, value);
    return value.toDouble(scale);
  }

  /** Σ quantity, likewise. */
  double quantityWithin(int basisPoints, long twiceMid, int scale) {
    long from = firstWithin(basisPoints, twiceMid);
    if (from == UNKNOWN) {
      return Double.NaN;
    }
    ExactSum quantity = new ExactSum();
    ladder.addQuantity(from, quantity);
    return quantity.toDouble(scale);
  }

  /** The smallest key within {@code basisPoints} of the mid. */
  private long firstWithin(int basisPoints, long twiceMid) {
    // The bound's key is twiceMid · factor / 20 000, cut in two so that it cannot overflow.
    long factor = ladder.keyOf(1) * 10_000 - basisPoints;
    long whole = Math.floorDiv(twiceMid, 20_000L) * factor;
    long rest = Math.floorMod(twiceMid, 20_000L) * factor;
    long floor = whole + Math.floorDiv(rest, 20_000L);
    long ceiling = whole - Math.floorDiv(-rest, 20_000L);
    return knownFrom() > floor ? UNKNOWN : ceiling;
  }

  void writeTo(DataOutput out, PageStore pages) throws IOException {
    out.writeInt(depth);
    out.writeInt(knownDepth);
    out.writeLong(snapshotKnownFrom);
    out.writeLong(otherReached);
    ladder.writeTo(out, pages);
  }

  void readFrom(DataInput in, PageStore pages) throws IOException {
    depth = in.readInt();
    knownDepth = in.readInt();
    snapshotKnownFrom = in.readLong();
    otherReached = in.readLong();
    ladder.readFrom(in, pages);
  }
}
