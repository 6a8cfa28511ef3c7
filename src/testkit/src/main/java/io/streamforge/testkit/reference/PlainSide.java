package io.streamforge.testkit.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** One side of a book, best level first. */
public final class PlainSide {
  private static final int[] BINANCE_LIMITS = {5, 10, 20, 50, 100, 500, 1000, 5000};
  private static final BigDecimal MOST_BPS = BigDecimal.valueOf(1000);

  private final TreeMap<BigDecimal, Level> levels;

  /** The worst price up to which every level is known; null where the whole side is. */
  private BigDecimal knownTo;

  private PlainSide(Comparator<BigDecimal> bestFirst) {
    levels = new TreeMap<>(bestFirst);
  }

  static PlainSide bids() {
    return new PlainSide(Comparator.reverseOrder());
  }

  static PlainSide asks() {
    return new PlainSide(Comparator.naturalOrder());
  }

  void clear() {
    levels.clear();
    knownTo = null;
  }

  void copyFrom(PlainSide other) {
    levels.putAll(other.levels);
    knownTo = other.knownTo;
  }

  void apply(List<Level> changes) {
    for (Level level : changes) {
      if (level.quantity().signum() == 0) {
        levels.remove(level.price());
      } else {
        levels.put(level.price(), level);
      }
    }
  }

  /** It is known as far as another one of the same levels is. */
  void knowAs(PlainSide other) {
    knownTo = other.knownTo;
  }

  /** A feed of a fixed depth: known as far as the worst level held, or wholly if it is shorter. */
  void truncate(int depth) {
    while (levels.size() > depth) {
      levels.pollLastEntry();
    }
    knownTo = levels.size() < depth ? null : levels.lastKey();
  }

  /** Of the levels behind the best ones nothing is known. */
  void knowAtMost(int best) {
    if (levels.size() >= best) {
      BigDecimal last = prices(best).get(best - 1);
      knownTo = isKnown(last) ? last : knownTo;
    }
  }

  /** A Binance snapshot: a side as long as one of the venue's limits may have been cut there. */
  void knowBinanceSnapshot(int length) {
    knownTo = null;
    for (int limit : BINANCE_LIMITS) {
      if (length == limit) {
        knownTo = levels.lastKey();
      }
    }
  }

  /**
   * The other side's best price has been there, in a book that was not crossed: no level of this
   * side stood as far as that then, and each that came since was sent.
   */
  void knowAtLeastTo(BigDecimal price) {
    if (!isKnown(price)) {
      knownTo = price;
    }
  }

  /** How far from the mid it is known, basis points: from 0 to 1000, which it is where whole. */
  BigDecimal knownBps(BigDecimal mid) {
    if (knownTo == null) {
      return MOST_BPS;
    }
    boolean reachesMid = levels.comparator().compare(mid, knownTo) <= 0;
    return reachesMid ? Features.bpsAbove(knownTo, mid).abs().min(MOST_BPS) : BigDecimal.ZERO;
  }

  /** Whether there is no room for an unknown level before the best one. */
  boolean isBestProven(BigDecimal increment) {
    BigDecimal best = levels.firstKey();
    return isKnown(best) || best.subtract(knownTo).abs().compareTo(increment) <= 0;
  }

  /** The prices of the best levels held, at most so many. */
  List<BigDecimal> prices(int count) {
    return levels.keySet().stream().limit(count).toList();
  }

  /** The levels held, best first, whether within the known range or not. */
  public Collection<Level> all() {
    return Collections.unmodifiableCollection(levels.values());
  }

  /** The best level held; null where there is none. */
  public Level best() {
    return levels.isEmpty() ? null : levels.firstEntry().getValue();
  }

  /** Whether every level as good as this price, or better, is known. */
  public boolean isKnown(BigDecimal price) {
    return knownTo == null || levels.comparator().compare(price, knownTo) <= 0;
  }

  /** The best known levels, at most so many. */
  List<Level> best(int count) {
    List<Level> result = new ArrayList<>();
    for (Level level : levels.values()) {
      if (result.size() == count || !isKnown(level.price())) {
        break;
      }
      result.add(level);
    }
    return result;
  }

  /** Quantity over the best {@code count} levels, or all if the whole side is fewer and known. */
  BigDecimal quantity(int count) {
    List<Level> best = best(count);
    if (best.size() < count && knownTo != null) {
      return null;
    }
    return best.stream().map(Level::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Sum of price times quantity as far as a price; null where the side is not known that far. */
  BigDecimal notional(BigDecimal bound) {
    if (!isKnown(bound)) {
      return null;
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (Level level : levels.headMap(bound, true).values()) {
      sum = sum.add(level.price().multiply(level.quantity()));
    }
    return sum;
  }

  /** Average price at which so much quote is filled; null where known depth cannot fill it. */
  BigDecimal fill(BigDecimal quote) {
    BigDecimal left = quote;
    BigDecimal base = BigDecimal.ZERO;
    for (Level level : levels.values()) {
      if (!isKnown(level.price())) {
        return null;
      }
      BigDecimal there = level.price().multiply(level.quantity());
      if (there.compareTo(left) >= 0) {
        base = base.add(left.divide(level.price(), MathContext.DECIMAL128));
        return quote.divide(base, MathContext.DECIMAL128);
      }
      left = left.subtract(there);
      base = base.add(level.quantity());
    }
    return null;
  }
}
