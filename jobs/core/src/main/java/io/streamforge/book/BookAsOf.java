package io.streamforge.book;

import static java.lang.Double.NaN;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.ExactSum;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.section.SparseValues;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a sample says of a book: its state as of one moment, which stays as it is until the next
 * message. NaN is a value that does not exist.
 *
 * @param status never {@code stale}: that depends on how long the state has lasted
 * @param sequence venue's number of the last message applied, or {@link BookUpdate#NO_SEQUENCE}
 * @param lastMessageUs effective time of the last message, applied or not; {@link Long#MIN_VALUE}
 *     before the first
 * @param freshUs effective time of the last message that showed that the book is the venue's
 * @param lastEventUs event time of the last message applied
 * @param topFive quantity of the five best levels of both sides
 * @param known how much of the venue's book it is
 */
public record BookAsOf(
    BookStatus status,
    long sequence,
    long lastMessageUs,
    long freshUs,
    long lastEventUs,
    Prices prices,
    Imbalances imbalances,
    Depths depths,
    Impacts impacts,
    double topFive,
    Known known) {

  /** What the two best prices say; basis points are of the mid. */
  public record Prices(double mid, double weightedMid, double weightedMidBps, double spreadBps) {
    private static final Prices NONE = new Prices(NaN, NaN, NaN, NaN);
  }

  /** (bid − ask)/(bid + ask) of the quantities of so many levels of each side. */
  public record Imbalances(double of1, double of5, double of20) {
    private static final Imbalances NONE = new Imbalances(NaN, NaN, NaN);
  }

  /** Quote units of a side within so many basis points of the mid. */
  public record Depths(double bid10Bps, double ask10Bps, double bid50Bps, double ask50Bps) {
    private static final Depths NONE = new Depths(NaN, NaN, NaN, NaN);
  }

  /** How far from the mid an order of 10 000 reference units is filled, basis points. */
  public record Impacts(double buyBps, double sellBps) {
    private static final Impacts NONE = new Impacts(NaN, NaN);
  }

  /**
   * How much of the venue's book is known.
   *
   * @param depthBps how far from the mid, basis points
   * @param touchProven whether nothing unknown can stand before the best levels held
   * @param shallow whether a snapshot would show more than half of it again
   */
  public record Known(double depthBps, boolean touchProven, boolean shallow) {
    private static final Known NOTHING = new Known(NaN, true, false);

    static Known of(OrderBook book, InstrumentSpec spec) {
      boolean partly = book.bids().isPartlyKnown() || book.asks().isPartlyKnown();
      if (!partly) {
        return new Known(book.knownBps(), true, false);
      }
      double increment = increment(book, spec);
      boolean proven = book.bids().isBestProven(increment) && book.asks().isBestProven(increment);
      double depthBps = book.knownBps();
      return new Known(depthBps, proven, !proven || depthBps < book.givenBps() / 2);
    }

    /** In the book's scale; of an instrument that no registry lists the smallest one seen now. */
    private static double increment(OrderBook book, InstrumentSpec spec) {
      if (!Double.isNaN(spec.priceIncrement())) {
        return Math.rint(spec.priceIncrement() / ExactSum.toDouble(1, book.priceScale()));
      }
      long smallest =
          Math.min(
              book.bids().smallestGap(INCREMENT_RANKS), book.asks().smallestGap(INCREMENT_RANKS));
      return smallest == Long.MAX_VALUE ? 0 : smallest;
    }
  }

  /** Before the first message. */
  public static final BookAsOf NOTHING =
      withoutPrices(
          BookStatus.AWAITING_SNAPSHOT, BookUpdate.NO_SEQUENCE, Long.MIN_VALUE, Long.MIN_VALUE, 0);

  private static final int INCREMENT_RANKS = 20;
  private static final double IMPACT_NOTIONAL = 10_000;

  /** The book as it is now, as of {@code lastMessageUs} and until the next message. */
  public static BookAsOf of(OrderBook book, InstrumentSpec spec, long lastMessageUs, long freshUs) {
    BookStatus status = statusOf(book);
    BookSide bids = book.bids();
    BookSide asks = book.asks();
    if (status != BookStatus.LIVE || !bids.hasBest() || !asks.hasBest()) {
      return withoutPrices(status, book.sequence(), lastMessageUs, freshUs, book.lastEventUs());
    }
    long twiceMid = asks.bestPrice() + bids.bestPrice();
    long spread = asks.bestPrice() - bids.bestPrice();
    double bidQuantity = bids.bestQuantity();
    double askQuantity = asks.bestQuantity();
    ExactSum crossWeighted = new ExactSum();
    crossWeighted.addProduct(asks.bestPrice(), bids.bestQuantity());
    crossWeighted.addProduct(bids.bestPrice(), asks.bestQuantity());
    int valueScale = book.priceScale() + book.quantityScale();
    return new BookAsOf(
        status,
        book.sequence(),
        lastMessageUs,
        freshUs,
        book.lastEventUs(),
        new Prices(
            mid(book),
            crossWeighted.toDouble(valueScale)
                / ExactSum.toDouble(
                    bids.bestQuantity() + asks.bestQuantity(), book.quantityScale()),
            1e4 * spread / twiceMid * ((bidQuantity - askQuantity) / (bidQuantity + askQuantity)),
            2e4 * spread / twiceMid),
        new Imbalances(
            (bidQuantity - askQuantity) / (bidQuantity + askQuantity),
            imbalance(bids, asks, 5),
            imbalance(bids, asks, 20)),
        new Depths(
            depth(bids, 10, twiceMid, book, spec),
            depth(asks, 10, twiceMid, book, spec),
            depth(bids, 50, twiceMid, book, spec),
            depth(asks, 50, twiceMid, book, spec)),
        new Impacts(impactBps(asks, book, twiceMid, spec), -impactBps(bids, book, twiceMid, spec)),
        topQuantity(bids, asks, 5, book.quantityScale()),
        Known.of(book, spec));
  }

  /** The mid of a live book that is not crossed; NaN where there is none. */
  public static double mid(OrderBook book) {
    return statusOf(book) == BookStatus.LIVE && book.bids().hasBest() && book.asks().hasBest()
        ? half(book.bids().bestPrice() + book.asks().bestPrice(), book.priceScale())
        : NaN;
  }

  private static double half(long value, int scale) {
    if (value <= Long.MAX_VALUE / 5) { // mostly
      return ExactSum.toDouble(5 * value, scale + 1);
    }
    ExactSum fiveTimes = new ExactSum();
    fiveTimes.addProduct(5, value);
    return fiveTimes.toDouble(scale + 1);
  }

  /** {@code live} or what broke, and whether a live book is crossed. */
  public static BookStatus statusOf(OrderBook book) {
    return isCrossed(book) ? BookStatus.CROSSED : book.status();
  }

  /** Whether a live book's best bid is at or above its best ask. */
  public static boolean isCrossed(OrderBook book) {
    return book.status() == BookStatus.LIVE
        && book.bids().hasBest()
        && book.asks().hasBest()
        && book.bids().bestPrice() >= book.asks().bestPrice();
  }

  /** Whether nothing unknown can stand before the best levels of a live book. */
  public static boolean isTouchProven(OrderBook book, InstrumentSpec spec) {
    boolean known = isBestKnown(book.bids()) && isBestKnown(book.asks());
    return known || Known.of(book, spec).touchProven();
  }

  private static boolean isBestKnown(BookSide side) {
    return !side.hasBest() || side.isKnown(0);
  }

  private static double imbalance(BookSide bids, BookSide asks, int levels) {
    ExactSum bid = bids.topQuantity(levels);
    ExactSum ask = asks.topQuantity(levels);
    if (bid == null || ask == null) {
      return NaN;
    }
    ExactSum difference = new ExactSum();
    difference.add(bid);
    difference.subtract(ask);
    bid.add(ask);
    return difference.toDouble(0) / bid.toDouble(0);
  }

  private static double topQuantity(BookSide bids, BookSide asks, int levels, int scale) {
    ExactSum bid = bids.topQuantity(levels);
    ExactSum ask = asks.topQuantity(levels);
    if (bid == null || ask == null) {
      return NaN;
    }
    bid.add(ask);
    return bid.toDouble(scale);
  }

  /** Quote units within {@code basisPoints} of the mid; NaN where the side is not known so far. */
  private static double depth(
      BookSide side, int basisPoints, long twiceMid, OrderBook book, InstrumentSpec spec) {
    double depth =
        spec.inverse()
            ? side.quantityWithin(basisPoints, twiceMid, book.quantityScale())
            : side.valueWithin(basisPoints, twiceMid, book.priceScale() + book.quantityScale());
    return depth * spec.contractSize();
  }

  /** 10⁴ (VWAP − mid)/mid of an order that takes 10 000 reference units from a side. */
  private static double impactBps(
      BookSide side, OrderBook book, long twiceMid, InstrumentSpec spec) {
    double notional = IMPACT_NOTIONAL / spec.referenceRate();
    if (Double.isNaN(notional)) {
      return NaN;
    }
    double priceUnit = ExactSum.toDouble(1, book.priceScale());
    double quantityUnit = ExactSum.toDouble(1, book.quantityScale());
    double left = notional;
    double base = 0;
    double distance = 0; // Σ base · (price − mid) in half price units: no large numbers cancel
    for (int rank = 0; side.isKnown(rank); rank++) {
      double price = side.price(rank) * priceUnit;
      double quoteOfOne = spec.quoteUnits(1, price);
      double quantity = Math.min(side.quantity(rank) * quantityUnit, left / quoteOfOne);
      double taken = spec.baseUnits(quantity, price);
      base += taken;
      distance += taken * (2 * side.price(rank) - twiceMid);
      left -= quantity * quoteOfOne;
      if (quantity < side.quantity(rank) * quantityUnit || left <= 0) {
        return 1e4 * (distance / base) / twiceMid;
      }
    }
    return NaN;
  }

  private static BookAsOf withoutPrices(
      BookStatus status, long sequence, long lastMessageUs, long freshUs, long lastEventUs) {
    return new BookAsOf(
        status,
        sequence,
        lastMessageUs,
        freshUs,
        lastEventUs,
        Prices.NONE,
        Imbalances.NONE,
        Depths.NONE,
        Impacts.NONE,
        NaN,
        Known.NOTHING);
  }

  /** The mid, NaN where there is none. */
  public double mid() {
    return prices.mid;
  }

  /** Writes all of it. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(status.code());
    out.writeLong(sequence);
    out.writeLong(lastMessageUs);
    out.writeLong(freshUs);
    out.writeLong(lastEventUs);
    SparseValues.write(
        out,
        prices.mid,
        prices.weightedMid,
        prices.weightedMidBps,
        prices.spreadBps,
        imbalances.of1,
        imbalances.of5,
        imbalances.of20,
        depths.bid10Bps,
        depths.ask10Bps,
        depths.bid50Bps,
        depths.ask50Bps,
        impacts.buyBps,
        impacts.sellBps,
        topFive,
        known.depthBps);
    out.writeBoolean(known.touchProven);
    out.writeBoolean(known.shallow);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static BookAsOf readFrom(DataInput in) throws IOException {
    BookStatus status = BookStatus.ofCode(in.readByte());
    long sequence = in.readLong();
    long lastMessageUs = in.readLong();
    long freshUs = in.readLong();
    long lastEventUs = in.readLong();
    double[] values = SparseValues.read(in, 15);
    Known known = new Known(values[14], in.readBoolean(), in.readBoolean());
    return new BookAsOf(
        status,
        sequence,
        lastMessageUs,
        freshUs,
        lastEventUs,
        new Prices(values[0], values[1], values[2], values[3]),
        new Imbalances(values[4], values[5], values[6]),
        new Depths(values[7], values[8], values[9], values[10]),
        new Impacts(values[11], values[12]),
        values[13],
        known);
  }
}
