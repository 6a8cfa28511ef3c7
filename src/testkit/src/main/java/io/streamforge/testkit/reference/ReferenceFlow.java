package io.streamforge.testkit.reference;

import static io.streamforge.testkit.reference.ReferenceInstrument.SECOND;
import static io.streamforge.testkit.reference.ReferenceInstrument.window;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The features of the flow of trades, from all trades that there ever were, in exact decimals. */
final class ReferenceFlow {
  private static final long HOUR = 3600 * SECOND;
  private static final BigDecimal BPS_A_MILLION = new BigDecimal("1e10");
  private static final BigDecimal LOG_UNITS = BigDecimal.valueOf(1L << 46);

  /** A full bucket of volume. */
  private record Bucket(BigDecimal volume, BigDecimal unbalanced) {}

  // By sample; an interval without trades is not in the map.
  private final TreeMap<Long, List<TradePrint>> trades = new TreeMap<>();
  private final TreeMap<Long, List<BigDecimal>> logPrices = new TreeMap<>();
  private final TreeMap<Long, BigDecimal> volumeByHour = new TreeMap<>();
  private final List<Bucket> buckets = new ArrayList<>();
  private Long firstSample;
  private BigDecimal bucketSize;
  private BigDecimal bought;
  private BigDecimal sold;

  void put(
      Features features,
      long sample,
      List<TradePrint> ofSample,
      NavigableMap<Long, Double> returns,
      BigDecimal rate) {
    if (firstSample == null) {
      firstSample = sample;
    }
    if (!ofSample.isEmpty()) {
      trades.put(sample, ofSample);
      logPrices.put(sample, logPricesOf(ofSample));
    }
    fillBuckets(sample, ofSample);
    NavigableMap<Long, List<TradePrint>> minute = window(trades, sample, 60);
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal signed = BigDecimal.ZERO;
    for (List<TradePrint> interval : minute.values()) {
      for (TradePrint trade : interval) {
        volume = volume.add(trade.quantity());
        signed = signed.add(trade.quantity().multiply(BigDecimal.valueOf(trade.side())));
      }
    }
    features.put("trade_imbalance_1m", Features.ratio(signed, volume));
    NavigableMap<Long, Double> r = window(returns, sample, 60);
    boolean known = rate != null && r.size() >= 30;
    features.put("kyle_lambda_1m", known ? Features.ratio(kyleLambda(r, minute), rate) : null);
    features.put("amihud_1m", known ? Features.ratio(amihud(r, minute), rate) : null);
    features.put("roll_spread_1m_bps", roll(window(logPrices, sample, 60)));
    features.put("vpin", vpin());
  }

  private BigDecimal vpin() {
    if (buckets.size() < 50) {
      return null;
    }
    BigDecimal unbalanced = BigDecimal.ZERO;
    BigDecimal volume = BigDecimal.ZERO;
    for (Bucket bucket : buckets.subList(buckets.size() - 50, buckets.size())) {
      unbalanced = unbalanced.add(bucket.unbalanced());
      volume = volume.add(bucket.volume());
    }
    return Features.ratio(unbalanced, volume);
  }

  private static BigDecimal value(List<TradePrint> interval, boolean signed) {
    BigDecimal sum = BigDecimal.ZERO;
    for (TradePrint trade : interval) {
      BigDecimal value = trade.price().multiply(trade.quantity());
      sum = sum.add(signed ? value.multiply(BigDecimal.valueOf(trade.side())) : value);
    }
    return sum;
  }

  /** n Σ rf − Σ r Σ f over n Σ f² − (Σ f)². */
  private static BigDecimal kyleLambda(
      NavigableMap<Long, Double> returns, NavigableMap<Long, List<TradePrint>> minute) {
    BigDecimal n = BigDecimal.valueOf(returns.size());
    BigDecimal r = BigDecimal.ZERO;
    BigDecimal f = BigDecimal.ZERO;
    BigDecimal rf = BigDecimal.ZERO;
    BigDecimal ff = BigDecimal.ZERO;
    int traded = 0;
    for (long sample : returns.keySet()) {
      BigDecimal move = new BigDecimal(returns.get(sample));
      BigDecimal flow = value(minute.getOrDefault(sample, List.of()), true);
      traded += minute.containsKey(sample) ? 1 : 0;
      r = r.add(move);
      f = f.add(flow);
      rf = rf.add(move.multiply(flow));
      ff = ff.add(flow.multiply(flow));
    }
    BigDecimal covariance = n.multiply(rf).subtract(r.multiply(f));
    BigDecimal variance = n.multiply(ff).subtract(f.multiply(f));
    return traded < 10 ? null : Features.ratio(BPS_A_MILLION.multiply(covariance), variance);
  }

  private static BigDecimal amihud(
      NavigableMap<Long, Double> returns, NavigableMap<Long, List<TradePrint>> minute) {
    BigDecimal sum = BigDecimal.ZERO;
    int samples = 0;
    for (long sample : minute.keySet()) {
      if (returns.containsKey(sample)) {
        BigDecimal moved = new BigDecimal(Math.abs(returns.get(sample)));
        sum = sum.add(Features.ratio(moved, value(minute.get(sample), false)));
        samples++;
      }
    }
    return Features.ratio(BPS_A_MILLION.multiply(sum), BigDecimal.valueOf(samples));
  }

  /** One a run of trades of the same time and side, in units of 2^-46. */
  private static List<BigDecimal> logPricesOf(List<TradePrint> interval) {
    List<BigDecimal> result = new ArrayList<>();
    List<TradePrint> order = new ArrayList<>();
    for (TradePrint trade : interval) {
      if (!order.isEmpty()
          && (order.get(0).eventTimeUs() != trade.eventTimeUs()
              || order.get(0).side() != trade.side())) {
        result.add(logPrice(order));
        order.clear();
      }
      order.add(trade);
    }
    result.add(logPrice(order));
    return result;
  }

  private static BigDecimal logPrice(List<TradePrint> order) {
    BigDecimal volume =
        order.stream().map(TradePrint::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    double average = value(order, false).divide(volume, MathContext.DECIMAL128).doubleValue();
    return new BigDecimal(StrictMath.log(average))
        .multiply(LOG_UNITS)
        .setScale(0, RoundingMode.HALF_EVEN);
  }

  private static Double roll(NavigableMap<Long, List<BigDecimal>> bySample) {
    List<BigDecimal> prices = bySample.values().stream().flatMap(List::stream).toList();
    if (prices.size() < 20) {
      return null;
    }
    BigDecimal x = BigDecimal.ZERO;
    BigDecimal y = BigDecimal.ZERO;
    BigDecimal xy = BigDecimal.ZERO;
    for (int i = 2; i < prices.size(); i++) {
      BigDecimal now = prices.get(i).subtract(prices.get(i - 1));
      BigDecimal before = prices.get(i - 1).subtract(prices.get(i - 2));
      x = x.add(now);
      y = y.add(before);
      xy = xy.add(now.multiply(before));
    }
    BigDecimal n = BigDecimal.valueOf(prices.size() - 2);
    BigDecimal covariance = n.multiply(xy).subtract(x.multiply(y));
    if (covariance.signum() >= 0) {
      return null;
    }
    BigDecimal perPair = covariance.negate().divide(n.multiply(n), MathContext.DECIMAL128);
    return 2e4 * Math.sqrt(perPair.doubleValue()) / (1L << 46);
  }

  private void fillBuckets(long sample, List<TradePrint> ofSample) {
    long hour = Math.floorDiv(sample - 1, HOUR);
    long firstFull = Math.floorDiv(firstSample - 1, HOUR) + 1;
    BigDecimal day = BigDecimal.ZERO;
    for (long each = Math.max(firstFull, hour - 24); each < hour; each++) {
      day = day.add(volumeByHour.getOrDefault(each, BigDecimal.ZERO));
    }
    long hours = Math.min(24, hour - firstFull);
    BigDecimal size =
        hours < 1
            ? BigDecimal.ZERO
            : day.multiply(BigDecimal.valueOf(24))
                .divide(BigDecimal.valueOf(50 * hours), MathContext.DECIMAL64);
    for (TradePrint trade : ofSample) {
      volumeByHour.merge(hour, trade.quantity(), BigDecimal::add);
      BigDecimal left = trade.quantity();
      while (left.signum() > 0 && (bucketSize != null || size.signum() > 0)) {
        if (bucketSize == null) {
          bucketSize = size;
          bought = BigDecimal.ZERO;
          sold = BigDecimal.ZERO;
        }
        BigDecimal part = left.min(bucketSize.subtract(bought).subtract(sold));
        BigDecimal half = part.divide(BigDecimal.valueOf(2));
        bought = bought.add(trade.side() > 0 ? part : trade.side() == 0 ? half : BigDecimal.ZERO);
        sold = sold.add(trade.side() < 0 ? part : trade.side() == 0 ? half : BigDecimal.ZERO);
        left = left.subtract(part);
        if (bought.add(sold).compareTo(bucketSize) == 0) {
          buckets.add(new Bucket(bucketSize, bought.subtract(sold).abs()));
          bucketSize = null;
        }
      }
    }
  }
}
