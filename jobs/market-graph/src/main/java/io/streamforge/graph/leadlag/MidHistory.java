package io.streamforge.graph.leadlag;

import io.streamforge.graph.returns.FixedPoint;
import io.streamforge.graph.returns.PageKey;
import io.streamforge.mid.MidChange;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/** One symbol's mid increments of window 5m and the pages in which they are saved. */
final class MidHistory {
  private final String symbol;
  private final MidIncrements increments = new MidIncrements();
  private final ArrayDeque<Long> stored = new ArrayDeque<>();
  private long unsaved;

  MidHistory(String symbol) {
    this.symbol = symbol;
  }

  MidIncrements increments() {
    return increments;
  }

  void enter(List<MidChange> changes, FixedPoint fixedPoint) {
    for (MidChange change : changes) {
      increments.enter(change.timeUs(), change.heldUs(), fixedPoint.of(change.logReturn()));
    }
  }

  /** Takes a page back from the store, without what is before the window; pages come in order. */
  void load(MidPage page, long windowStartUs) {
    long number = page.key().number();
    stored.add(number);
    int[] numbers = page.changes();
    for (int i = 0; i < numbers.length; i += MidPage.NUMBERS) {
      long timeUs = number * MidPage.PAGE_US + numbers[i];
      if (timeUs >= windowStartUs) {
        increments.enter(timeUs, numbers[i + 1], numbers[i + 2]);
      }
    }
    unsaved = increments.end();
  }

  /** Whether there is nothing in the window and nothing in the store. */
  boolean isOver() {
    return increments.count() == 0 && stored.isEmpty();
  }

  /** Adds what happened since the last call: pages that changed, and pages before the window. */
  void drainTo(MidPageChanges changes, long windowStartUs) {
    long oldest = Math.floorDiv(windowStartUs, MidPage.PAGE_US);
    while (!stored.isEmpty() && stored.peek() < oldest) {
      changes.obsolete().add(new PageKey(symbol, stored.poll()));
    }
    long from = Math.max(unsaved, increments.first());
    if (from < increments.end()) {
      long page = pageOf(from);
      while (from > increments.first() && pageOf(from - 1) == page) {
        from--; // a page is written whole
      }
      write(from, changes);
    }
    unsaved = increments.end();
  }

  private void write(long from, MidPageChanges changes) {
    int[] numbers = {};
    int size = 0;
    for (long i = from; i < increments.end(); i++) {
      long page = pageOf(i);
      numbers = increments.appendTo(numbers, size, i, page * MidPage.PAGE_US);
      size += MidPage.NUMBERS;
      if (i + 1 == increments.end() || pageOf(i + 1) != page) {
        changes.changed().add(new MidPage(new PageKey(symbol, page), Arrays.copyOf(numbers, size)));
        if (stored.isEmpty() || stored.getLast() != page) {
          stored.add(page);
        }
        size = 0;
      }
    }
  }

  private long pageOf(long increment) {
    return Math.floorDiv(increments.endUs(increment), MidPage.PAGE_US);
  }
}
