package io.streamforge.instrument;

import io.streamforge.market.Instrument;
import io.streamforge.market.Trade;
import io.streamforge.section.Varint;
import io.streamforge.window.PageStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * Trades that no sample has published yet. After a standstill they may be minutes ahead of the
 * books, so the heap holds the newest alone: whenever there are enough of them, they go to the
 * state as one page. Of a page the heap keeps where its next trade stands, some fifty bytes.
 */
final class WaitingTrades {
  /** A page is no smaller, so that the state is asked seldom. */
  static final int SMALLEST_PAGE = 64;

  /** A page is no larger: what has not filled one is on the heap, and in every checkpoint. */
  static final int LARGEST_PAGE = 256;

  /**
   * A log runs nearly in the order of time, so the trades of a sample stand in one or two pages;
   * the next sample needs the same.
   */
  static final int OPEN_PAGES = 2;

  private final TradePages stored;

  /** Those that are in no page, by sample. */
  private final TreeMap<Long, List<Trade>> newest = new TreeMap<>();

  private int newestCount;

  /** In the order in which their trades were added. */
  private final List<TradePage> pages = new ArrayList<>();

  private long nextPage;

  /** The next sample of all pages. */
  private long pagedSampleUs = Long.MAX_VALUE;

  WaitingTrades(Instrument instrument, long intervalUs, PageStore store) {
    stored = new TradePages(instrument, intervalUs, store);
  }

  void add(Trade trade) throws IOException {
    keep(trade);
    if (newestCount >= enoughForPage()) {
      List<Trade> trades = new ArrayList<>(newestCount);
      newest.values().forEach(trades::addAll);
      TradePage page = TradePage.put(nextPage++, trades, stored);
      pages.add(page);
      pagedSampleUs = Math.min(pagedSampleUs, page.nextSampleUs());
      newest.clear();
      newestCount = 0;
    }
  }

  /** Many quiet instruments must hold little each; who is far ahead makes few and large pages. */
  private int enoughForPage() {
    return Math.min(Math.max(pages.size(), SMALLEST_PAGE), LARGEST_PAGE);
  }

  private void keep(Trade trade) {
    newest.computeIfAbsent(stored.sampleUs(trade), sample -> new ArrayList<>()).add(trade);
    newestCount++;
  }

  /** The next sample that has trades to publish; {@link Long#MAX_VALUE} for none. */
  long nextSampleUs() {
    return newest.isEmpty() ? pagedSampleUs : Math.min(newest.firstKey(), pagedSampleUs);
  }

  /**
   * Those of the samples up to one, in their order; within a sample as they were added. They are
   * read from the pages as they are asked for, each time anew: a sample may have more of them than
   * the heap. To be used until one is added or dropped.
   */
  Iterable<Trade> until(long sampleUs) {
    return nextSampleUs() <= sampleUs ? () -> new Reader(sampleUs) : List.of();
  }

  /** Drops those of the samples up to one. */
  void dropUntil(long sampleUs) throws IOException {
    if (nextSampleUs() > sampleUs) {
      return;
    }
    while (!newest.isEmpty() && newest.firstKey() <= sampleUs) {
      newestCount -= newest.pollFirstEntry().getValue().size();
    }
    if (pagedSampleUs <= sampleUs) {
      pagedSampleUs = Long.MAX_VALUE;
      int open = 0;
      for (TradePage page : pages) {
        page.drop(sampleUs, stored);
        open = closeIfMany(page, open);
        pagedSampleUs = Math.min(pagedSampleUs, page.nextSampleUs());
      }
      pages.removeIf(page -> page.nextSampleUs() == Long.MAX_VALUE);
    }
  }

  /** How many pages are open up to this one, of those before it {@code open}. */
  private static int closeIfMany(TradePage page, int open) {
    if (page.isOpen() && open == OPEN_PAGES) {
      page.close();
    }
    return page.isOpen() ? open + 1 : open;
  }

  /** Goes from sample to sample, and in each from page to page to the newest. */
  private final class Reader implements Iterator<Trade> {
    private final long untilUs;
    private long sampleUs = nextSampleUs();
    private long followingUs = Long.MAX_VALUE;
    private int place;
    private int open;
    private Iterator<Trade> read = Collections.emptyIterator();

    Reader(long untilUs) {
      this.untilUs = untilUs;
      place = pagedSampleUs <= untilUs ? 0 : pages.size();
    }

    @Override
    public boolean hasNext() {
      while (!read.hasNext() && sampleUs <= untilUs) {
        if (place < pages.size()) {
          read = ofPage(pages.get(place++));
        } else if (place == pages.size()) {
          place++;
          read = newest.getOrDefault(sampleUs, List.of()).iterator();
          Long higher = newest.higherKey(sampleUs);
          followingUs = higher == null ? followingUs : Math.min(followingUs, higher);
        } else {
          sampleUs = followingUs;
          followingUs = Long.MAX_VALUE;
          place = 0;
          open = 0;
        }
      }
      return read.hasNext();
    }

    private Iterator<Trade> ofPage(TradePage page) {
      List<Trade> trades = new ArrayList<>();
      try {
        followingUs = Math.min(followingUs, page.read(sampleUs, stored, trades));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      open = closeIfMany(page, open);
      return trades.iterator();
    }

    @Override
    public Trade next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return read.next();
    }
  }

  /** Writes those that are in no page, and what finds the pages. */
  void writeTo(DataOutput out) throws IOException {
    out.writeInt(newestCount);
    for (List<Trade> ofSample : newest.values()) {
      for (Trade trade : ofSample) {
        trade.writeTo(out);
      }
    }
    Varint.write(pages.size(), out);
    long number = 0;
    long sampleUs = 0;
    for (TradePage page : pages) {
      Varint.write(page.number() - number, out);
      Varint.write(Varint.zigZag(page.nextSampleUs() - sampleUs), out);
      Varint.write(page.nextOffset(), out);
      number = page.number();
      sampleUs = page.nextSampleUs();
    }
    Varint.write(nextPage - number, out);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      keep(stored.read(in));
    }
    long number = 0;
    long sampleUs = 0;
    for (long left = Varint.read(in); left > 0; left--) {
      number += Varint.read(in);
      sampleUs += Varint.unZigZag(Varint.read(in));
      pages.add(new TradePage(number, sampleUs, (int) Varint.read(in)));
      pagedSampleUs = Math.min(pagedSampleUs, sampleUs);
    }
    nextPage = number + Varint.read(in);
  }
}
