package io.streamforge.testkit.generated;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The book that one generated instrument shows: some levels a side around its price, in ticks. */
final class PlantedBook {
  private static final int LEVELS = 8;

  private final PlantedSymbol planted;
  private final SplittableRandom random;
  private final TreeMap<Long, Integer> bids = new TreeMap<>();
  private final TreeMap<Long, Integer> asks = new TreeMap<>();
  private long sequence;

  PlantedBook(PlantedSymbol planted, SplittableRandom random) {
    this.planted = planted;
    this.random = random;
  }

  /** A price as it is written. */
  String price(long ticks) {
    return BigDecimal.valueOf(ticks, planted.priceScale()).toPlainString();
  }

  /** A quantity as it is written. */
  static String quantity(long thousandths) {
    return BigDecimal.valueOf(thousandths, 3).toPlainString();
  }

  boolean isOpen() {
    return !bids.isEmpty();
  }

  long bestBid() {
    return bids.lastKey();
  }

  long bestAsk() {
    return asks.firstKey();
  }

  /** The message by which the book moves to a price; the first is a snapshot. */
  String moveTo(double priceTicks, long eventUs) {
    boolean snapshot = !isOpen();
    long bid = Math.round(priceTicks) - 1 - random.nextInt(2);
    long ask = Math.round(priceTicks) + 1 + random.nextInt(2);
    List<String> bidChanges = new ArrayList<>();
    List<String> askChanges = new ArrayList<>();
    remove(bids, bids.tailMap(bid, false), bidChanges);
    remove(bids, bids.headMap(bid - LEVELS, true), bidChanges);
    remove(asks, asks.headMap(ask, false), askChanges);
    remove(asks, asks.tailMap(ask + LEVELS, true), askChanges);
    for (int level = 0; level < LEVELS; level++) {
      show(bids, bid - level, bidChanges);
      show(asks, ask + level, askChanges);
    }
    long previous = sequence++;
    return ("{\"type\":\"book\",\"venue\":\"planted\",\"symbol\":\"%s\",\"snapshot\":%b,%s\"sequence\":%d,"
            + "\"bids\":[%s],\"asks\":[%s],\"event_time_us\":%d}")
        .formatted(
            planted.symbol(),
            snapshot,
            snapshot ? "" : "\"previous_sequence\":" + previous + ",",
            sequence,
            String.join(",", bidChanges),
            String.join(",", askChanges),
            eventUs);
  }

  private void remove(Map<Long, Integer> side, Map<Long, Integer> levels, List<String> changes) {
    for (long ticks : List.copyOf(levels.keySet())) {
      side.remove(ticks);
      changes.add("[\"%s\",\"0\"]".formatted(price(ticks)));
    }
  }

  // The best level, and one in four of the others, has another quantity than before.
  private void show(Map<Long, Integer> side, long ticks, List<String> changes) {
    if (!side.containsKey(ticks) || random.nextInt(4) == 0) {
      int thousandths = 1 + (int) (1000 * Math.exp(random.nextGaussian()));
      side.put(ticks, thousandths);
      changes.add("[\"%s\",\"%s\"]".formatted(price(ticks), quantity(thousandths)));
    }
  }
}
