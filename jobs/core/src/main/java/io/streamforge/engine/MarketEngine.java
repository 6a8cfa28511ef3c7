package io.streamforge.engine;

import io.streamforge.book.OrderBook;
import io.streamforge.book.Outcome;
import io.streamforge.flow.SeenTrades;
import io.streamforge.instrument.BookWatch;
import io.streamforge.instrument.Incident;
import io.streamforge.instrument.InstrumentState;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeKind;
import io.streamforge.time.SampleGrid;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A market: its events in, its instruments' samples out. Each event goes to its instrument; a sweep
 * publishes the samples that are complete, in order, each over its instruments in the order of
 * their ids' UTF-8 bytes. A late event, for a sample that is published, counts in the first that is
 * not. For one thread.
 */
public final class MarketEngine {
  private static final KeptInstrument.BookReader CAPTURE = InstrumentState::capture;

  private final long intervalUs;
  private final InstrumentHome home;
  private final MarketListener listener;
  private final MarketTape tape;
  private final BookWatch watch;
  private final KeptInstrument.BookChange applying = this::apply;
  private final Map<MarketCount, LongAdder> counts = new EnumMap<>(MarketCount.class);

  /** All samples until here are out. */
  private long publishedUs = Long.MIN_VALUE;

  /**
   * Goes on with the instruments that a home holds.
   *
   * @param intervalUs distance between samples, microseconds
   */
  public MarketEngine(long intervalUs, InstrumentHome home, MarketListener listener) {
    this(intervalUs, home, listener, null);
  }

  /**
   * Likewise.
   *
   * @param tape is told of every event; null for none
   */
  public MarketEngine(
      long intervalUs, InstrumentHome home, MarketListener listener, MarketTape tape) {
    this.intervalUs = intervalUs;
    this.home = home;
    this.listener = listener;
    this.tape = tape;
    this.watch = tape == null ? BookWatch.NONE : new WatchedTouch(tape);
    for (MarketCount count : MarketCount.values()) {
      counts.put(count, new LongAdder());
    }
    for (KeptInstrument kept : home.inOrder()) {
      publishedUs = Math.max(publishedUs, kept.state().publishedUs());
    }
  }

  /** What has been counted since the engine was made; other threads may ask. */
  public long count(MarketCount count) {
    return counts.get(count).sum();
  }

  private void add(MarketCount count, long added) {
    if (added != 0) { // mostly
      counts.get(count).add(added);
    }
  }

  /**
   * Takes the next event of its instrument's log.
   *
   * @throws IOException if the instrument's book cannot be read
   */
  public void accept(MarketEvent event) throws IOException {
    if (event.effectiveTimeUs() < publishedUs) {
      add(MarketCount.RECORDS_BEHIND_WATERMARK, 1);
    }
    if (event instanceof BookUpdate update && update.isNotice() && !isBookKnown(update)) {
      add(MarketCount.BOOK_MESSAGES_UNUSED, 1);
      return; // nothing was lost of a book that never was
    }
    KeptInstrument kept = home.get(event.instrument());
    if (event instanceof BookUpdate update) {
      kept.changeBook(update, applying);
    } else if (event instanceof Trade trade) {
      take(trade, kept.stateToChange());
    }
  }

  private void take(Trade trade, InstrumentState state) throws IOException {
    long skippedIds = state.accept(trade, countedUs(trade));
    count(trade.kind(), skippedIds);
    if (tape != null && skippedIds != SeenTrades.DUPLICATE) {
      tape.trade(trade);
    }
  }

  /** Whether the log of books tells of it: trades do not, whose log may be ahead or behind. */
  private boolean isBookKnown(BookUpdate notice) throws IOException {
    return home.has(notice.instrument())
        && home.get(notice.instrument()).state().isBookKnownAt(countedUs(notice));
  }

  private long countedUs(MarketEvent event) {
    return Math.max(event.effectiveTimeUs(), publishedUs);
  }

  private void apply(InstrumentState state, OrderBook book, BookUpdate update) throws IOException {
    count(state.accept(book, update, countedUs(update), watch));
    add(MarketCount.BUFFERED_MESSAGES_DROPPED, book.takeDropped());
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case GAP -> add(MarketCount.BOOK_GAPS, 1);
      case COUNTS_ANEW -> add(MarketCount.BOOKS_COUNTED_ANEW, 1);
      case CHECKSUM_MISMATCH -> add(MarketCount.CHECKSUM_FAILURES, 1);
      case UNREADABLE -> add(MarketCount.BOOKS_UNREADABLE, 1);
      case DISCONNECTED -> add(MarketCount.BOOKS_DISCONNECTED, 1);
      case LOST_RECORDS -> add(MarketCount.BOOKS_LOST_RECORDS, 1);
      case COVERED, CONFIRMED -> add(MarketCount.BOOK_MESSAGES_COVERED, 1);
      case UNUSED -> add(MarketCount.BOOK_MESSAGES_UNUSED, 1);
      case DRIFT -> add(MarketCount.BOOK_DRIFT, 1);
      case SNAPSHOT_UNREADABLE -> add(MarketCount.SNAPSHOTS_UNREADABLE, 1);
      case SNAPSHOT_UNSOUND -> add(MarketCount.SNAPSHOTS_UNSOUND, 1);
      case SNAPSHOT_IGNORED -> add(MarketCount.SNAPSHOTS_IGNORED, 1);
      default -> {}
    }
  }

  private void count(TradeKind kind, long skippedIds) {
    if (skippedIds == SeenTrades.DUPLICATE) {
      add(MarketCount.DUPLICATE_TRADES, 1);
      return;
    }
    add(MarketCount.TRADE_IDS_SKIPPED, skippedIds);
    switch (kind) {
      case MARKET -> {}
      case INSURANCE_FUND -> add(MarketCount.INSURANCE_FUND_TRADES, 1);
      case ADL -> add(MarketCount.ADL_TRADES, 1);
      case BLOCK -> add(MarketCount.BLOCK_TRADES, 1);
      case OTHER -> add(MarketCount.OTHER_TRADES, 1);
    }
  }

  /**
   * Publishes the samples that are complete and not published yet.
   *
   * @param completeUs all that happened before it is here
   * @throws IOException if a book cannot be read
   */
  public void completeUntil(long completeUs) throws IOException {
    long lastUs = SampleGrid.until(completeUs, intervalUs);
    if (lastUs <= publishedUs) {
      return;
    }
    for (long sampleUs = nextSampleUs(); sampleUs <= lastUs; sampleUs = nextSampleUs()) {
      for (KeptInstrument kept : home.inOrder()) {
        if (kept.state().nextSampleUs() <= sampleUs) {
          publish(kept, sampleUs);
        }
      }
    }
    publishedUs = lastUs;
    listener.samplesUntil(lastUs);
    home.forgetBefore(lastUs);
  }

  private long nextSampleUs() {
    long next = Long.MAX_VALUE;
    for (KeptInstrument kept : home.inOrder()) {
      next = Math.min(next, kept.state().nextSampleUs());
    }
    return next;
  }

  private void publish(KeptInstrument kept, long sampleUs) throws IOException {
    if (kept.state().needsBookFor(sampleUs)) {
      kept.readBook(CAPTURE);
    }
    InstrumentState state = kept.stateToChange();
    SymbolSample sample = state.sample(sampleUs);
    add(MarketCount.CLAMPED_RETURNS, state.takeClampedReturns());
    if (sample == null) {
      return;
    }
    if (state.isTouchUnproven()) {
      add(MarketCount.TOUCHES_UNPROVEN, 1);
    }
    // Before the sample: who has that can tell by the count how many requests are to come.
    Incident incident = state.takeResync();
    if (incident != null) {
      add(MarketCount.BOOK_RESYNCS, 1);
      listener.resync(state.instrument(), incident, sampleUs);
    }
    listener.sample(sample);
  }
}
