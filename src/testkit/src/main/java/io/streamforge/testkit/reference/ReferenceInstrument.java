package io.streamforge.testkit.reference;

import static io.streamforge.testkit.reference.Features.bpsAbove;
import static io.streamforge.testkit.reference.Features.ratio;
import static io.streamforge.testkit.reference.Features.sum;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** One instrument: first all of its messages are added, then time advances sample by sample. */
final class ReferenceInstrument {
  static final long SECOND = 1_000_000;
  private static final long STALE_AFTER = 60 * SECOND;
  private static final long IDLE_AFTER = 300 * SECOND;
  private static final BigDecimal IMPACT = BigDecimal.valueOf(10_000);

  private record Timed(long effectiveUs, BookMessage message) {}

  private final String id;
  private final ReferenceRate rate;
  private final PlainBook book;
  private final TreeSet<Long> accepted = new TreeSet<>();
  private final Deque<Timed> bookMessages = new ArrayDeque<>();
  private final TreeMap<Long, List<TradePrint>> trades = new TreeMap<>();

  /** By the sample that ends their interval. */
  private final TreeMap<Long, List<TradePrint>> tradesInLogOrder = new TreeMap<>();

  private long bookClock = Long.MIN_VALUE;

  /** The mid after the last book message of an effective time, if the book had one then. */
  private final TreeMap<Long, Optional<BigDecimal>> midAfter = new TreeMap<>();

  private final ReferenceMidPath midPath = new ReferenceMidPath();

  private BigDecimal intervalFlow = BigDecimal.ZERO;
  private int intervalUpdates;

  // By sample; what does not exist is not in the map.
  private final TreeMap<Long, Double> mids = new TreeMap<>();
  private final TreeMap<Long, BigDecimal> flows = new TreeMap<>();
  private final ReferenceFlow flow = new ReferenceFlow();
  private final ReferenceVolatility volatility = new ReferenceVolatility();
  private final TreeMap<Long, Long> fixedReturns = new TreeMap<>();
  private final TreeMap<Long, Long> fiveSecondReturns = new TreeMap<>();
  private final TreeMap<Long, Long> twelveSecondReturns = new TreeMap<>();

  /** {@code rate} is null where no rate is known. */
  ReferenceInstrument(String id, ReferenceRate rate) {
    this.id = id;
    this.rate = rate;
    book = PlainBook.of(id.substring(0, id.indexOf(':')));
  }

  void add(BookMessage message, long effectiveUs) {
    bookClock = Math.max(bookClock, effectiveUs);
    bookMessages.add(new Timed(bookClock, message));
    accepted.add(bookClock);
  }

  void add(TradePrint trade, long effectiveUs) {
    trades.computeIfAbsent(effectiveUs, t -> new ArrayList<>()).add(trade);
    long sample = effectiveUs - Math.floorMod(effectiveUs, SECOND) + SECOND;
    tradesInLogOrder.computeIfAbsent(sample, t -> new ArrayList<>()).add(trade);
    accepted.add(effectiveUs);
  }

  String id() {
    return id;
  }

  /** The instrument whose mid is the rate, or null. */
  String rateFrom() {
    return rate == null ? null : rate.from();
  }

  long firstEffectiveUs() {
    return accepted.first();
  }

  long lastEffectiveUs() {
    return accepted.last();
  }

  /** The mids as they followed each other. */
  ReferenceMidPath midPath() {
    return midPath;
  }

  /** Rounded returns of a second, by sample. */
  NavigableMap<Long, Long> fixedReturns() {
    return fixedReturns;
  }

  /** Sums of five rounded returns, by sample. */
  NavigableMap<Long, Long> fiveSecondReturns() {
    return fiveSecondReturns;
  }

  /** Sums of twelve rounded returns, by the sample that ends them, a multiple of 12 s. */
  NavigableMap<Long, Long> twelveSecondReturns() {
    return twelveSecondReturns;
  }

  /** The fixed rate, null where there is none. */
  BigDecimal fixedRate() {
    return rate == null || rate.from() != null ? null : rate.nominal();
  }

  /**
   * The node as of the next sample, if the instrument has one. Samples must come one by one.
   *
   * @param rate of the sample, null where there is none
   */
  Optional<ReferenceMarket.Node> advance(long sample, BigDecimal rate) {
    intervalFlow = BigDecimal.ZERO;
    intervalUpdates = 0;
    while (!bookMessages.isEmpty() && bookMessages.peek().effectiveUs() < sample) {
      apply(bookMessages.remove());
    }
    Long newest = accepted.lower(sample);
    if (newest == null || newest < sample - IDLE_AFTER) {
      return Optional.empty();
    }
    String status = status(sample);
    Quote quote = status.equals("live") ? book.quote() : null;
    Features features = new Features();
    putBook(features, sample, quote, rate);
    putTrades(features, sample, quote == null ? null : quote.mid(), rate);
    Features ofPath = volatility(sample);
    flow.put(
        features,
        sample,
        tradesInLogOrder.getOrDefault(sample, List.of()),
        volatility.returns(),
        rate);
    features.putAll(ofPath);
    return Optional.of(new ReferenceMarket.Node(id, status, book.sequence(), features.asMap()));
  }

  private void apply(Timed timed) {
    Quote before = book.quote();
    boolean wasLive = book.isLive();
    PlainBook.Outcome outcome = book.apply(timed.message(), timed.effectiveUs());
    Quote after = book.quote();
    if (outcome == PlainBook.Outcome.DELTA || outcome == PlainBook.Outcome.SNAPSHOT) {
      intervalUpdates++;
    }
    if (outcome == PlainBook.Outcome.DELTA && before != null && after != null) {
      intervalFlow = intervalFlow.add(after.flowSince(before));
    }
    if (outcome == PlainBook.Outcome.NOTHING && wasLive == book.isLive()) {
      return; // it says nothing of the book as it is now
    }
    boolean good = after != null && !after.crossed();
    midPath.add(timed.effectiveUs(), good ? after.mid() : null, STALE_AFTER);
    midAfter.put(timed.effectiveUs(), good ? Optional.of(after.mid()) : Optional.empty());
  }

  private String status(long sample) {
    if (!book.isLive()) {
      return book.status();
    }
    if (book.quote() != null && book.quote().crossed()) {
      return "crossed";
    }
    return midAfter.lowerKey(sample) < sample - STALE_AFTER ? "stale" : "live";
  }

  /** The mid as of a time within what has been applied; null where there is none. */
  private BigDecimal midAsOf(long time) {
    Map.Entry<Long, Optional<BigDecimal>> last = midAfter.lowerEntry(time);
    return last == null || last.getKey() < time - STALE_AFTER ? null : last.getValue().orElse(null);
  }

  private void putBook(Features features, long sample, Quote quote, BigDecimal rate) {
    if (quote == null) {
      for (String name : ReferenceMarket.BOOK_FEATURES) {
        features.put(name, (Double) null);
      }
      return;
    }
    BigDecimal b = quote.bid().price();
    BigDecimal a = quote.ask().price();
    BigDecimal qb = quote.bid().quantity();
    BigDecimal qa = quote.ask().quantity();
    BigDecimal mid = quote.mid();
    mids.put(sample, mid.doubleValue());
    flows.put(sample, intervalFlow);

    features.put("mid", mid);
    BigDecimal weighted = ratio(a.multiply(qb).add(b.multiply(qa)), qb.add(qa));
    features.put("weighted_mid", weighted);
    features.put("weighted_mid_bps", bpsAbove(weighted, mid));
    features.put("spread_bps", ratio(Features.BPS.multiply(a.subtract(b)), mid));
    for (int count : new int[] {1, 5, 20}) {
      features.put("imbalance_" + count, imbalance(count));
    }
    BigDecimal bid10 = depth(book.bids(), mid, "0.999");
    BigDecimal ask10 = depth(book.asks(), mid, "1.001");
    features.put("depth_bid_10bps", bid10);
    features.put("depth_ask_10bps", ask10);
    features.put("depth_bid_50bps", depth(book.bids(), mid, "0.995"));
    features.put("depth_ask_50bps", depth(book.asks(), mid, "1.005"));
    BigDecimal both = inReference(sum(bid10, ask10), rate);
    boolean loggable = both != null && both.signum() > 0;
    features.put("log_depth_10bps", loggable ? StrictMath.log(both.doubleValue()) : null);
    BigDecimal order = this.rate == null ? null : ratio(IMPACT, this.rate.nominal());
    BigDecimal buy = order == null ? null : book.asks().fill(order);
    BigDecimal sell = order == null ? null : book.bids().fill(order);
    features.put("impact_buy_bps", bpsAbove(buy, mid));
    BigDecimal above = bpsAbove(sell, mid);
    features.put("impact_sell_bps", above == null ? null : above.negate());
    features.put("ofi", intervalFlow);
    BigDecimal five = sum(book.bids().quantity(5), book.asks().quantity(5));
    features.put("ofi_normalised", ratio(intervalFlow, five));
    Collection<BigDecimal> minute = window(flows, sample, 60).values();
    BigDecimal minuteFlow = minute.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    features.put("ofi_normalised_1m", minute.size() < 30 ? null : ratio(minuteFlow, five));
    features.put("book_updates", (double) intervalUpdates);
    features.put("book_age_ms", (sample - book.appliedEventTimeUs()) / 1000.0);
  }

  private static BigDecimal inReference(BigDecimal quoteUnits, BigDecimal rate) {
    return quoteUnits == null || rate == null ? null : quoteUnits.multiply(rate);
  }

  private BigDecimal imbalance(int count) {
    BigDecimal bid = book.bids().quantity(count);
    BigDecimal ask = book.asks().quantity(count);
    return bid == null || ask == null ? null : ratio(bid.subtract(ask), bid.add(ask));
  }

  private static BigDecimal depth(PlainSide side, BigDecimal mid, String factor) {
    return side.notional(mid.multiply(new BigDecimal(factor)));
  }

  private void putTrades(Features features, long sample, BigDecimal mid, BigDecimal rate) {
    int count = 0;
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal signed = BigDecimal.ZERO;
    BigDecimal quoted = BigDecimal.ZERO;
    BigDecimal spread = BigDecimal.ZERO;
    BigDecimal spreadVolume = BigDecimal.ZERO;
    for (Map.Entry<Long, List<TradePrint>> time :
        trades.subMap(sample - SECOND, true, sample, false).entrySet()) {
      BigDecimal then = midAsOf(time.getKey() - Math.floorMod(time.getKey(), 100_000L));
      for (TradePrint trade : time.getValue()) {
        BigDecimal side = BigDecimal.valueOf(trade.side());
        count++;
        volume = volume.add(trade.quantity());
        signed = signed.add(side.multiply(trade.quantity()));
        quoted = quoted.add(trade.price().multiply(trade.quantity()));
        if (trade.side() != 0 && then != null) {
          BigDecimal twice = bpsAbove(trade.price(), then).multiply(BigDecimal.valueOf(2));
          spread = spread.add(trade.quantity().multiply(side).multiply(twice));
          spreadVolume = spreadVolume.add(trade.quantity());
        }
      }
    }
    features.put("trades", (double) count);
    features.put("volume", volume);
    features.put("signed_volume", signed);
    features.put("quote_volume", quoted);
    BigDecimal value = inReference(quoted, rate);
    features.put(
        "log_quote_volume",
        value == null ? null : StrictMath.log(BigDecimal.ONE.add(value).doubleValue()));
    BigDecimal vwap = ratio(quoted, volume);
    features.put("vwap", vwap);
    features.put("vwap_bps", bpsAbove(vwap, mid));
    features.put("effective_spread_bps", ratio(spread, spreadVolume));
  }

  /** The mids of the interval's steps of 100 ms that had a message, each as of its last one. */
  private List<Double> stepsBefore(long sample) {
    TreeMap<Long, Double> steps = new TreeMap<>();
    midAfter
        .subMap(sample - SECOND, true, sample, false)
        .forEach(
            (time, mid) ->
                steps.put(
                    Math.floorDiv(time, 100_000L),
                    mid.map(BigDecimal::doubleValue).orElse(Double.NaN)));
    return List.copyOf(steps.values());
  }

  private Features volatility(long sample) {
    Features features = volatility.advance(sample, mids.get(sample), stepsBefore(sample));
    Double r = volatility.returns().get(sample);
    if (r != null) {
      fixedReturns.put(sample, (long) Math.rint(r * 1e8));
    }
    putSum(5, sample, fiveSecondReturns);
    if (sample % (12 * SECOND) == 0) {
      putSum(12, sample, twelveSecondReturns);
    }
    return features;
  }

  private void putSum(int samples, long sample, Map<Long, Long> to) {
    Collection<Long> last = window(fixedReturns, sample, samples).values();
    if (last.size() == samples) {
      long sum = last.stream().mapToLong(Long::longValue).sum();
      to.put(sample, Math.max(-(1L << 25), Math.min(1L << 25, sum)));
    }
  }

  /** What exists in the last {@code samples} samples, oldest first. */
  static <V> NavigableMap<Long, V> window(NavigableMap<Long, V> all, long sample, int samples) {
    return all.subMap(sample - samples * SECOND, false, sample, true);
  }
}
