package io.streamforge.graph.returns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One symbol's grid returns, kept for at least {@code samples} samples in pages by absolute sample
 * number, so that a save writes only pages that changed.
 */
final class ReturnPages {

  private static final class Page {
    final long number;
    final int[] returns;
    boolean changed;
    boolean stored;

    Page(long number, int[] returns, boolean stored) {
      this.number = number;
      this.returns = returns;
      this.stored = stored;
    }
  }

  private final String symbol;
  private final Page[] ring;
  private final List<PageKey> obsolete = new ArrayList<>();
  private long newestPage = Long.MIN_VALUE;

  ReturnPages(String symbol, int samples) {
    this.symbol = symbol;
    this.ring = new Page[1 + (samples - 1 + ReturnPage.SIZE - 1) / ReturnPage.SIZE];
  }

  String symbol() {
    return symbol;
  }

  int get(long sample) {
    long number = pageOf(sample);
    Page page = ring[slot(number)];
    return page == null || page.number != number
        ? ReturnPage.MISSING
        : page.returns[offset(sample)];
  }

  void put(long sample, int value) {
    long number = pageOf(sample);
    Page page = ring[slot(number)];
    if (page == null || page.number != number) {
      int[] returns = new int[ReturnPage.SIZE];
      Arrays.fill(returns, ReturnPage.MISSING);
      page = new Page(number, returns, false);
      enter(page);
    }
    page.returns[offset(sample)] = value;
    page.changed = true;
  }

  /** Takes a page back from the store. */
  void load(long number, int[] returns) {
    if (returns.length != ReturnPage.SIZE) {
      throw new IllegalArgumentException(
          "page " + number + " of " + symbol + " has " + returns.length + " samples");
    }
    Page there = ring[slot(number)];
    if (there != null && there.number > number) {
      obsolete.add(new PageKey(symbol, number));
    } else {
      enter(new Page(number, returns.clone(), true));
    }
  }

  private void enter(Page page) {
    int slot = slot(page.number);
    retire(ring[slot]);
    ring[slot] = page;
    newestPage = Math.max(newestPage, page.number);
  }

  private void retire(Page page) {
    if (page != null && page.stored) {
      obsolete.add(new PageKey(symbol, page.number));
    }
  }

  /** Whether every return is older than any window that ends at {@code sample} or later. */
  boolean isOver(long sample) {
    return newestPage == Long.MIN_VALUE || pageOf(sample) - newestPage >= ring.length;
  }

  /** Gives all pages up. */
  void clear() {
    for (Page page : ring) {
      retire(page);
    }
    Arrays.fill(ring, null);
  }

  /** Adds what happened since the last call. */
  void drainTo(PageChanges changes) {
    for (Page page : ring) {
      if (page != null && page.changed) {
        changes
            .changed()
            .add(new ReturnPage(new PageKey(symbol, page.number), page.returns.clone()));
        page.changed = false;
        page.stored = true;
      }
    }
    changes.obsolete().addAll(obsolete);
    obsolete.clear();
  }

  private int slot(long number) {
    return Math.floorMod(number, ring.length);
  }

  private static long pageOf(long sample) {
    return Math.floorDiv(sample, (long) ReturnPage.SIZE);
  }

  private static int offset(long sample) {
    return Math.floorMod(sample, ReturnPage.SIZE);
  }
}
