package io.streamforge.engine;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A venue that can be asked for a snapshot of a recorded book. The snapshot holds the levels that
 * the messages have set, as far from the mid as the recording's own one reaches.
 */
final class AnsweringVenue {
  private static final int WAITING = 1_000;

  private final NavigableMap<BigDecimal, BigDecimal> bids =
      new TreeMap<>(Collections.reverseOrder());
  private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

  /** The last deltas: a recorded snapshot is older than some of them. */
  private final Deque<BookUpdate> deltas = new ArrayDeque<>();

  /** How far from the mid the recorded snapshot reaches on its shorter side, as a share of it. */
  private double reach;

  private boolean asked;

  void ask() {
    asked = true;
  }

  /** Takes the book's next message. Returns the snapshot as of it that was asked for, or null. */
  BookUpdate answerBefore(BookUpdate next) {
    if (next.snapshot()) {
      asked = false;
      bids.clear();
      asks.clear();
      apply(next);
      reach = Math.min(fromMid(bids.lastKey()), fromMid(asks.lastKey()));
      deltas.removeIf(delta -> delta.sequence() <= next.sequence());
      deltas.forEach(this::apply);
      return null;
    }
    apply(next);
    deltas.add(next);
    if (deltas.size() > WAITING) {
      deltas.remove();
    }
    return asked ? answer(next) : null;
  }

  private void apply(BookUpdate update) {
    for (int i = 0; i < update.levels(); i++) {
      NavigableMap<BigDecimal, BigDecimal> side = i < update.bids() ? bids : asks;
      BigDecimal price = BigDecimal.valueOf(update.price(i), update.priceScale());
      if (update.quantity(i) == 0) {
        side.remove(price);
      } else {
        side.put(price, BigDecimal.valueOf(update.quantity(i), update.quantityScale()));
      }
    }
  }

  private double fromMid(BigDecimal price) {
    double mid = (bids.firstKey().doubleValue() + asks.firstKey().doubleValue()) / 2;
    return Math.abs(price.doubleValue() - mid) / mid;
  }

  private BookUpdate answer(BookUpdate next) {
    asked = false;
    BookUpdateBuilder snapshot =
        new BookUpdateBuilder().begin().untimed().snapshot(next.sequence()).complete(false, false);
    add(snapshot, true);
    add(snapshot, false);
    return snapshot.build(next.instrument(), next.effectiveTimeUs(), next.effectiveTimeUs());
  }

  private void add(BookUpdateBuilder snapshot, boolean bid) {
    (bid ? bids : asks)
        .forEach(
            (price, quantity) -> {
              if (fromMid(price) <= reach) {
                snapshot.level(
                    bid,
                    price.unscaledValue().longValueExact(),
                    price.scale(),
                    quantity.unscaledValue().longValueExact(),
                    quantity.scale());
              }
            });
  }
}
