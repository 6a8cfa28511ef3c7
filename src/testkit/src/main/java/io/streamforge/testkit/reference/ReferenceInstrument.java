package io.streamforge.testkit.reference;

import static io.streamforge.testkit.reference.Features.bpsAbove;
import static io.streamforge.testkit.reference.Features.ratio;

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
  private final ReferenceBook bookFeatures;
  private final TreeSet<Long> accepted = new TreeSet<>();
  private final Deque<Timed> bookMessages = new ArrayDeque<>();
  private final TreeMap<Long, List<TradePrint>> trades = new TreeMap<>();

  /** By the sample that ends their interval. */
  private final TreeMap<Long, List<TradePrint>> tradesInLogOrder = new TreeMap<>();

  private long bookClock = Long.MIN_VALUE;

  /** The mid after the last book message of an effective time, if the book had one then. */
  private final TreeMap<Long, Optional<BigDecimal>> midAfter = new TreeMap<>();

  private final ReferenceMidPath midPath = new ReferenceMidPath();

  // By sample; what does not exist is not in the map.
  private final TreeMap<Long, Double> mids = new TreeMap<>();
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
    bookFeatures = new ReferenceBook(book);
  }

  void add(BookMessage message, long effectiveUs) {
    if (message.isNotice() && bookMessages.isEmpty()) {
      return; // nothing was lost of a book that never was
    }
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
    bookFeatures.beginInterval();
    while (!bookMessages.isEmpty() && bookMessages.peek().effectiveUs() < sample) {
      apply(bookMessages.remove());
    }
    boolean proven = bookFeatures.isProvenAt(sample);
    Long newest = accepted.lower(sample);
    if (newest == null || newest < sample - IDLE_AFTER) {
      return Optional.empty();
    }
    String status = status(sample);
    Quote quote = status.equals("live") && proven ? book.quote() : null;
    BigDecimal mid = quote == null ? null : quote.mid();
    Features features = new Features();
    if (quote == null) {
      ReferenceMarket.BOOK_FEATURES.forEach(name -> features.put(name, (Double) null));
    } else {
      mids.put(sample, mid.doubleValue());
      BigDecimal order = this.rate == null ? null : ratio(IMPACT, this.rate.nominal());
      bookFeatures.put(features, sample, quote, rate, order);
    }
    putTrades(features, sample, mid, rate);
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
    bookFeatures.count(outcome, before);
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

  static BigDecimal inReference(BigDecimal quoteUnits, BigDecimal rate) {
    return quoteUnits == null || rate == null ? null : quoteUnits.multiply(rate);
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
