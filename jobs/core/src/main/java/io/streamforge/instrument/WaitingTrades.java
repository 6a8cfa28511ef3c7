package io.streamforge.instrument;

import io.streamforge.market.Instrument;
import io.streamforge.market.Trade;
import io.streamforge.section.Varint;
import io.streamforge.time.SampleGrid;
import io.streamforge.window.PageStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  private final Instrument instrument;
  private final long intervalUs;
  private final PageStore store;

  /** Those that are in no page, by sample. */
  private final TreeMap<Long, List<Trade>> newest = new TreeMap<>();

  private int newestCount;

  /** In the order in which their trades were added. */
  private final List<TradePage> pages = new ArrayList<>();

  private long nextPage;

  /** The next sample of all pages. */
  private long pagedSampleUs = Long.MAX_VALUE;

  WaitingTrades(Instrument instrument, long intervalUs, PageStore store) {
    this.instrument = instrument;
    this.intervalUs = intervalUs;
    this.store = store;
  }

  void add(Trade trade) throws IOException {
    keep(trade);
    if (newestCount >= enoughForPage()) {
      List<Trade> trades = new ArrayList<>(newestCount);
      newest.values().forEach(trades::addAll);
      TradePage page = TradePage.put(nextPage++, trades, intervalUs, store);
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
    newest.computeIfAbsent(sampleUs(trade), sample -> new ArrayList<>()).add(trade);
    newestCount++;
  }

  private long sampleUs(Trade trade) {
    return SampleGrid.after(trade.effectiveTimeUs(), intervalUs);
  }

  /** The next sample that has trades to publish; {@link Long#MAX_VALUE} for none. */
  long nextSampleUs() {
    return newest.isEmpty() ? pagedSampleUs : Math.min(newest.firstKey(), pagedSampleUs);
  }

  /** Takes those of the samples up to one, in their order; within a sample as they were added. */
  List<Trade> takeUntil(long sampleUs) throws IOException {
    if (nextSampleUs() > sampleUs) {
      return List.of();
    }
    List<Trade> taken = new ArrayList<>();
    if (pagedSampleUs <= sampleUs) {
      takePagedUntil(sampleUs, taken);
    }
    boolean several = !taken.isEmpty();
    while (!newest.isEmpty() && newest.firstKey() <= sampleUs) {
      List<Trade> next = newest.pollFirstEntry().getValue();
      newestCount -= next.size();
      taken.addAll(next);
    }
    if (several) { // pages may overlap; the sort leaves equals as they are
      taken.sort(Comparator.comparingLong(this::sampleUs));
    }
    return taken;
  }

  private void takePagedUntil(long sampleUs, List<Trade> taken) throws IOException {
    int open = 0;
    pagedSampleUs = Long.MAX_VALUE;
    for (TradePage page : pages) {
      if (page.nextSampleUs() <= sampleUs) {
        page.takeUntil(sampleUs, intervalUs, instrument, store, taken);
      }
      if (page.isOpen() && ++open > OPEN_PAGES) {
        page.close();
      }
      pagedSampleUs = Math.min(pagedSampleUs, page.nextSampleUs());
    }
    pages.removeIf(page -> page.nextSampleUs() == Long.MAX_VALUE);
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
      keep(Trade.readFrom(in, instrument));
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
