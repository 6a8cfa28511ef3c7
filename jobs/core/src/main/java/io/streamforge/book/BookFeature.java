package io.streamforge.book;

import io.streamforge.catalogue.Feature;
import java.util.function.ToDoubleFunction;

/**
 * Features of the order book as of the sample T. b, a: best bid and ask; q_b, q_a: their
 * quantities; Q_b^L, Q_a^L: quantity of the best L levels. All are null unless the book is live and
 * has both prices.
 */
public enum BookFeature implements Feature {
  MID("mid", "quote", "(a + b)/2", "", false, t -> t.book().mid()),
  WEIGHTED_MID(
      "weighted_mid",
      "quote",
      "(a·q_b + b·q_a)/(q_b + q_a)",
      "",
      false,
      t -> t.book().prices().weightedMid()),
  WEIGHTED_MID_BPS(
      "weighted_mid_bps",
      "bp",
      "10⁴ (weighted_mid − mid)/mid",
      "",
      true,
      t -> t.book().prices().weightedMidBps()),
  SPREAD_BPS("spread_bps", "bp", "10⁴ (a − b)/mid", "", true, t -> t.book().prices().spreadBps()),
  IMBALANCE_1("imbalance_1", "−1…1", imbalance(1), "", true, t -> t.book().imbalances().of1()),
  IMBALANCE_5(
      "imbalance_5", "−1…1", imbalance(5), Null.LEVELS, true, t -> t.book().imbalances().of5()),
  IMBALANCE_20(
      "imbalance_20", "−1…1", imbalance(20), Null.LEVELS, true, t -> t.book().imbalances().of20()),
  KNOWN_DEPTH_BPS(
      "known_depth_bps",
      "bp",
      "how far from the mid the less known side is known; at most 1000, as where it is whole",
      "",
      true,
      t -> t.book().known().depthBps()),
  DEPTH_BID_10BPS(
      "depth_bid_10bps", "quote", depth(10), Null.DEPTH, false, t -> t.book().depths().bid10Bps()),
  DEPTH_ASK_10BPS(
      "depth_ask_10bps", "quote", depth(10), Null.DEPTH, false, t -> t.book().depths().ask10Bps()),
  DEPTH_BID_50BPS(
      "depth_bid_50bps", "quote", depth(50), Null.DEPTH, false, t -> t.book().depths().bid50Bps()),
  DEPTH_ASK_50BPS(
      "depth_ask_50bps", "quote", depth(50), Null.DEPTH, false, t -> t.book().depths().ask50Bps()),
  LOG_DEPTH_10BPS(
      "log_depth_10bps",
      "log reference",
      "ln(depth_bid_10bps + depth_ask_10bps) in the reference currency",
      Null.DEPTH_OR_RATE,
      true,
      t -> t.book().depths().bid10Bps() + t.book().depths().ask10Bps()) {
    @Override
    public double inReference(double depth, double rate) {
      return depth > 0 ? StrictMath.log(depth * rate) : Double.NaN;
    }
  },
  IMPACT_BUY_BPS(
      "impact_buy_bps",
      "bp",
      "10⁴ (VWAP to buy for 10 000 reference units at the fixed or nominal rate − mid)/mid",
      Null.DEPTH_OR_RATE,
      true,
      t -> t.book().impacts().buyBps()),
  IMPACT_SELL_BPS(
      "impact_sell_bps",
      "bp",
      "10⁴ (mid − VWAP to sell for 10 000 reference units at the fixed or nominal rate)/mid",
      Null.DEPTH_OR_RATE,
      true,
      t -> t.book().impacts().sellBps()),
  OFI(
      "ofi",
      "base",
      "Δ",
      "Σ over messages of q_b·1{b≥b′} − q_b′·1{b≤b′} − q_a·1{a≤a′} + q_a′·1{a≥a′}",
      "Cont, Kukanov & Stoikov 2014, arXiv:1011.6402",
      "; the feed sends whole books alone",
      false,
      BookSample::orderFlowImbalanceBase),
  OFI_NORMALISED(
      "ofi_normalised",
      "",
      "Δ",
      "ofi/(Q_b^5 + Q_a^5)",
      "",
      Null.LEVELS,
      true,
      t -> t.orderFlowImbalance() / t.book().topFive()),
  OFI_NORMALISED_1M(
      "ofi_normalised_1m",
      "",
      "1m",
      "(Σ ofi of 60 samples)/(Q_b^5 + Q_a^5), at least 30 of them",
      "",
      Null.LEVELS,
      true,
      t -> t.orderFlowImbalance1m() / t.book().topFive()),
  BOOK_UPDATES("book_updates", "count", "Δ", "messages applied", "", "", true, BookSample::updates),
  BOOK_AGE_MS(
      "book_age_ms",
      "ms",
      "T",
      "T − event time of the last message applied",
      "",
      "",
      true,
      t -> (t.timeUs() - t.book().lastEventUs()) / 1e3);

  /** When a value does not exist, in words. */
  private static final class Null {
    private static final String NOT_LIVE =
        "the book is not live, a side is empty, or its best level is unproven for a second interval";
    private static final String LEVELS = "; the best levels are not all known";
    private static final String DEPTH = "; the known depth does not reach";
    private static final String DEPTH_OR_RATE = DEPTH + "; the quote's rate is not known";
  }

  private final Description description;
  private final ToDoubleFunction<BookSample> value;

  BookFeature(
      String name,
      String unit,
      String formula,
      String furtherNull,
      boolean inGraph,
      ToDoubleFunction<BookSample> value) {
    this(name, unit, "T", formula, "", furtherNull, inGraph, value);
  }

  BookFeature(
      String name,
      String unit,
      String window,
      String formula,
      String source,
      String furtherNull,
      boolean inGraph,
      ToDoubleFunction<BookSample> value) {
    this.description =
        new Description(name, unit, window, formula, source, Null.NOT_LIVE + furtherNull, inGraph);
    this.value = value;
  }

  @Override
  public Description description() {
    return description;
  }

  /** The value at a sample, in quote units, NaN where it does not exist. */
  public double of(BookSample sample) {
    return sample.hasFeatures() ? value.applyAsDouble(sample) : Double.NaN;
  }

  private static String imbalance(int levels) {
    return "(Q_b^%1$d − Q_a^%1$d)/(Q_b^%1$d + Q_a^%1$d)".formatted(levels);
  }

  private static String depth(int basisPoints) {
    return "Σ price·quantity over levels with |price − mid| ≤ %d·mid/10⁴".formatted(basisPoints);
  }
}
