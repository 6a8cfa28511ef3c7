package io.streamforge.testkit.reference;

import static io.streamforge.testkit.reference.Features.bpsAbove;
import static io.streamforge.testkit.reference.Features.ratio;
import static io.streamforge.testkit.reference.Features.sum;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The features of a book, from its levels as of each sample and what its messages changed. */
final class ReferenceBook {
  private final PlainBook book;
  private BigDecimal intervalFlow = BigDecimal.ZERO;
  private int intervalUpdates;

  /** The first of the samples at which the touch has been unproven; null where it is proven. */
  private Long unprovenSince;

  /** By sample; what does not exist is not in the map. */
  private final TreeMap<Long, BigDecimal> flows = new TreeMap<>();

  ReferenceBook(PlainBook book) {
    this.book = book;
  }

  void beginInterval() {
    intervalFlow = BigDecimal.ZERO;
    intervalUpdates = 0;
  }

  /** Counts what became of a message; {@code before} is the quote before it, null for none. */
  void count(PlainBook.Outcome outcome, Quote before) {
    boolean delta = outcome == PlainBook.Outcome.DELTA;
    if (delta || outcome == PlainBook.Outcome.SNAPSHOT) {
      intervalUpdates++;
    }
    if (delta && before != null && book.quote() != null) {
      intervalFlow = intervalFlow.add(book.quote().flowSince(before));
    }
  }

  /**
   * Whether the best levels held must be the venue's, or had to be one sample before. To be asked
   * at every sample.
   */
  boolean isProvenAt(long sample) {
    Quote quote = book.quote();
    boolean proven = true;
    if (quote != null && !quote.crossed()) {
      BigDecimal increment = smallestGap();
      proven = book.bids().isBestProven(increment) && book.asks().isBestProven(increment);
    }
    if (proven) {
      unprovenSince = null;
    } else if (unprovenSince == null) {
      unprovenSince = sample;
    }
    return unprovenSince == null || unprovenSince == sample;
  }

  /** The smallest between neighbours among the best 20 levels of a side; 0 where there is none. */
  private BigDecimal smallestGap() {
    BigDecimal smallest = null;
    for (PlainSide side : List.of(book.bids(), book.asks())) {
      List<BigDecimal> prices = side.prices(20);
      for (int i = 1; i < prices.size(); i++) {
        BigDecimal gap = prices.get(i).subtract(prices.get(i - 1)).abs();
        smallest = smallest == null ? gap : smallest.min(gap);
      }
    }
    return smallest == null ? BigDecimal.ZERO : smallest;
  }

  /**
   * Those of a live book with both prices.
   *
   * @param rate of the quote at the sample, null where there is none
   * @param order what {@code impact_*_bps} buys and sells for, quote units, null where not known
   */
  void put(Features features, long sample, Quote quote, BigDecimal rate, BigDecimal order) {
    PlainSide bids = book.bids();
    PlainSide asks = book.asks();
    BigDecimal b = quote.bid().price();
    BigDecimal a = quote.ask().price();
    BigDecimal qb = quote.bid().quantity();
    BigDecimal qa = quote.ask().quantity();
    BigDecimal mid = quote.mid();
    features.put("mid", mid);
    BigDecimal weighted = ratio(a.multiply(qb).add(b.multiply(qa)), qb.add(qa));
    features.put("weighted_mid", weighted);
    features.put("weighted_mid_bps", bpsAbove(weighted, mid));
    features.put("spread_bps", ratio(Features.BPS.multiply(a.subtract(b)), mid));
    features.put("imbalance_1", ratio(qb.subtract(qa), qb.add(qa)));
    features.put("imbalance_5", imbalance(5));
    features.put("imbalance_20", imbalance(20));
    features.put("known_depth_bps", bids.knownBps(mid).min(asks.knownBps(mid)));
    BigDecimal bid10 = depth(bids, mid, "0.999");
    BigDecimal ask10 = depth(asks, mid, "1.001");
    features.put("depth_bid_10bps", bid10);
    features.put("depth_ask_10bps", ask10);
    features.put("depth_bid_50bps", depth(bids, mid, "0.995"));
    features.put("depth_ask_50bps", depth(asks, mid, "1.005"));
    BigDecimal both = ReferenceInstrument.inReference(sum(bid10, ask10), rate);
    boolean loggable = both != null && both.signum() > 0;
    features.put("log_depth_10bps", loggable ? StrictMath.log(both.doubleValue()) : null);
    BigDecimal buy = order == null ? null : asks.fill(order);
    BigDecimal sell = order == null ? null : bids.fill(order);
    features.put("impact_buy_bps", bpsAbove(buy, mid));
    BigDecimal above = bpsAbove(sell, mid);
    features.put("impact_sell_bps", above == null ? null : above.negate());
    putFlow(features, sample);
    features.put("book_updates", (double) intervalUpdates);
    features.put("book_age_ms", (sample - book.appliedEventTimeUs()) / 1000.0);
  }

  private BigDecimal imbalance(int count) {
    BigDecimal bid = book.bids().quantity(count);
    BigDecimal ask = book.asks().quantity(count);
    return bid == null || ask == null ? null : ratio(bid.subtract(ask), bid.add(ask));
  }

  private static BigDecimal depth(PlainSide side, BigDecimal mid, String factor) {
    return side.notional(mid.multiply(new BigDecimal(factor)));
  }

  /** Whole books do not say what happened between them. */
  private void putFlow(Features features, long sample) {
    BigDecimal flow = book.sendsDeltas() ? intervalFlow : null;
    if (flow != null) {
      flows.put(sample, flow);
    }
    features.put("ofi", flow);
    BigDecimal five = sum(book.bids().quantity(5), book.asks().quantity(5));
    features.put("ofi_normalised", ratio(flow, five));
    Collection<BigDecimal> minute = ReferenceInstrument.window(flows, sample, 60).values();
    BigDecimal minuteFlow = minute.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    features.put("ofi_normalised_1m", minute.size() < 30 ? null : ratio(minuteFlow, five));
  }
}
