package io.streamforge.graph.returns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** One symbol's returns of a long window, and which of their pages the store has. */
final class LongReturns {
  private final String symbol;
  private final int size;
  private final SampleRing returns;

  // By page, modulo as many as a window may touch.
  private final long[] pages;
  private final BitSet changed = new BitSet();
  private final BitSet stored = new BitSet();
  private final List<PageKey> obsolete = new ArrayList<>();

  LongReturns(String symbol, int size) {
    this.symbol = symbol;
    this.size = size;
    this.returns = new SampleRing(size);
    this.pages = new long[1 + (size + ReturnPage.SIZE - 1) / ReturnPage.SIZE];
    Arrays.fill(pages, Long.MIN_VALUE);
  }

  String symbol() {
    return symbol;
  }

  /** Those of the window, by number. */
  SampleRing returns() {
    return returns;
  }

  /** The return of a number of the window. */
  int get(long number) {
    int slot = returns.slot(number);
    return returns.has(slot) ? returns.at(slot) : ReturnPage.MISSING;
  }

  /** Makes room for the return of a number; one after the other. */
  void leave(long number) {
    returns.drop(number);
  }

  /** The return of the number for which there is room. */
  void enter(long number, int value) {
    returns.put(number, value);
    changed.set(placeOf(Math.floorDiv(number, (long) ReturnPage.SIZE)));
  }

  /** Takes a page back from the store, into a window that ends at {@code newest}. */
  void load(ReturnPage page, long newest) {
    long pageNumber = page.key().number();
    if (page.returns().length != ReturnPage.SIZE) {
      throw new IllegalArgumentException(
          "page " + pageNumber + " of " + symbol + " has " + page.returns().length + " returns");
    }
    long first = pageNumber * ReturnPage.SIZE;
    if (first + ReturnPage.SIZE <= newest - size + 1) {
      obsolete.add(page.key());
      return;
    }
    stored.set(placeOf(pageNumber));
    for (long number = Math.max(first, newest - size + 1);
        number < first + ReturnPage.SIZE;
        number++) {
      int value = page.returns()[(int) (number - first)];
      if (value != ReturnPage.MISSING) {
        returns.put(number, value);
      }
    }
  }

  /** Place of a page, after which the one that had it is of no use. */
  private int placeOf(long pageNumber) {
    int place = Math.floorMod(pageNumber, pages.length);
    if (pages[place] != pageNumber) {
      retire(place);
      pages[place] = pageNumber;
    }
    return place;
  }

  private void retire(int place) {
    if (stored.get(place)) {
      obsolete.add(new PageKey(symbol, pages[place]));
    }
    stored.clear(place);
    changed.clear(place);
  }

  /** Whether the window has no return. */
  boolean isOver() {
    return returns.observations() == 0;
  }

  /** Gives all pages up. */
  void clear() {
    for (int place = 0; place < pages.length; place++) {
      retire(place);
    }
  }

  /** Adds what happened since the last call; the window ends at {@code newest}. */
  void drainTo(PageChanges changes, long newest) {
    for (int place = changed.nextSetBit(0); place >= 0; place = changed.nextSetBit(place + 1)) {
      changes.changed().add(page(pages[place], newest));
    }
    stored.or(changed);
    changed.clear();
    changes.obsolete().addAll(obsolete);
    obsolete.clear();
  }

  private ReturnPage page(long pageNumber, long newest) {
    int[] values = new int[ReturnPage.SIZE];
    Arrays.fill(values, ReturnPage.MISSING);
    long first = pageNumber * ReturnPage.SIZE;
    for (long number = Math.max(first, newest - size + 1);
        number <= Math.min(newest, first + ReturnPage.SIZE - 1);
        number++) {
      values[(int) (number - first)] = get(number);
    }
    return new ReturnPage(new PageKey(symbol, pageNumber), values);
  }
}
