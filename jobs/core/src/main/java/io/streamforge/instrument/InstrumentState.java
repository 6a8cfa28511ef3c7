package io.streamforge.instrument;

import static io.streamforge.market.BookUpdate.NO_SEQUENCE;

import io.streamforge.book.BookAsOf;
import io.streamforge.book.BookSample;
import io.streamforge.book.BookStatus;
import io.streamforge.book.OrderBook;
import io.streamforge.book.Outcome;
import io.streamforge.flow.FlowSample;
import io.streamforge.flow.SeenTrades;
import io.streamforge.flow.TradeFlow;
import io.streamforge.flow.TradeSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeKind;
import io.streamforge.mid.MidChange;
import io.streamforge.section.Section;
import io.streamforge.section.SectionReader;
import io.streamforge.section.SectionWriter;
import io.streamforge.volatility.Volatility;
import io.streamforge.window.Grid;
import io.streamforge.window.PageStore;
import io.streamforge.window.SampleWindow;
import io.streamforge.window.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * One instrument between two samples, but for its book, which is kept elsewhere and runs ahead with
 * the log. A sample is made of what happened strictly before it, however much later has arrived.
 */
public final class InstrumentState {
  private static final long NEVER = Long.MIN_VALUE;
  private static final int MINUTE_SAMPLES = 60;
  private static final int MIN_SAMPLES = 30;

  private static final Section ORDER_FLOW_IMBALANCE = Section.of(7, "order-flow-imbalance");
  private static final Section WINDOWS = Section.of(1, "instrument.windows");
  private static final Section VOLATILITY = Section.of(2, "instrument.volatility");
  private static final Section FLOW = Section.of(3, "instrument.flow");
  private static final Section BOOK = Section.of(4, "instrument.book-timeline");
  private static final Section TRADES = Section.of(5, "instrument.trades");
  private static final Section SEEN_TRADES = Section.of(6, "instrument.seen-trades");
  private static final Section RESYNCS = Section.of(7, "instrument.resyncs");
  private static final Section TIMES = Section.of(8, "instrument.times");

  private final Instrument instrument;
  private final InstrumentSettings settings;
  private final PageStore pages;
  private final InstrumentSpec spec;
  private final long staleAfterUs;

  private final BookTimeline book;
  private SeenTrades seenTrades = new SeenTrades();
  private long newestTradeUs = NEVER;

  private final WaitingTrades trades;

  private long lastTradeUs = NEVER;

  private final ResyncSchedule resyncs;

  /** Null before the first mid: most of what is made up never has one. */
  private Volatility volatility;

  private TradeFlow flow;
  private SampleWindow imbalances;
  private final Windows windows;
  private long lastHeardUs = NEVER;
  private long publishedUs = NEVER;

  /**
   * An instrument of which nothing is known.
   *
   * @param pages what is stored of it beside {@link #writeTo}
   */
  public InstrumentState(Instrument instrument, InstrumentSettings settings, PageStore pages) {
    this.instrument = instrument;
    this.settings = settings;
    this.pages = pages;
    this.spec = settings.registry().of(instrument);
    this.staleAfterUs = settings.staleAfterUs(instrument.venue());
    this.trades = new WaitingTrades(instrument, settings.intervalUs(), pages);
    this.book = new BookTimeline(settings, staleAfterUs, spec, pages);
    this.resyncs =
        new ResyncSchedule(instrument.id(), settings.resyncRetryUs(), settings.resyncSpreadUs());
    this.windows = new Windows(instrument.id().hashCode());
    beginAnew();
  }

  private void beginAnew() {
    volatility = null;
    flow = new TradeFlow();
    imbalances = new SampleWindow(MINUTE_SAMPLES);
    windows.beginAnew();
    flow.addTo(windows);
    windows.add(Grid.SAMPLE, ORDER_FLOW_IMBALANCE, imbalances);
  }

  public Instrument instrument() {
    return instrument;
  }

  /** What samples have put into windows. */
  public Windows windows() {
    return windows;
  }

  /** Whether the book as of a sample has still to be taken by {@link #capture}. */
  public boolean needsBookFor(long sampleUs) {
    return book.needsBookFor(sampleUs);
  }

  /**
   * Takes the book as it is after the newest message.
   *
   * @throws IOException if samples that wait cannot be stored
   */
  public void capture(OrderBook current) throws IOException {
    book.capture(current);
  }

  /** Whether the book has had a message that is not forgotten as of a time. */
  public boolean isBookKnownAt(long timeUs) {
    return book.clockUs() != NEVER && timeUs - book.clockUs() <= settings.forgetAfterUs();
  }

  /**
   * Whether all of it is so old that an instrument that begins anew would publish the same.
   *
   * @param completeUs all that happened before it is here
   */
  public boolean isForgottenAt(long completeUs) {
    long lastUs = Math.max(book.clockUs(), newestTradeUs);
    return nextSampleUs() == Long.MAX_VALUE && lastUs < completeUs - settings.forgetAfterUs();
  }

  /** The last sample published, {@link Long#MIN_VALUE} before the first. */
  public long publishedUs() {
    return publishedUs;
  }

  /**
   * Takes the next message of the book's log, and applies it to the book.
   *
   * @param effectiveUs when it counts, not before a published sample
   * @param watch looks at the book before and after
   * @throws IOException if samples that wait cannot be stored
   */
  public Outcome accept(OrderBook current, BookUpdate update, long effectiveUs, BookWatch watch)
      throws IOException {
    return book.accept(current, update, effectiveUs, watch);
  }

  /**
   * What a snapshot has to be asked for at the sample that {@link #sample} closed last; null for
   * nothing. To be asked once a sample.
   */
  public Incident takeResync() {
    Incident incident = book.current().incident();
    if (resyncs.isDue(incident, publishedUs)) {
      return incident;
    }
    boolean shallow = incident == null && book.current().book().known().shallow();
    return shallow && resyncs.isDueForDepth(publishedUs)
        ? Incident.of(Incident.Reason.SHALLOW, publishedUs, NO_SEQUENCE, NO_SEQUENCE, null)
        : null;
  }

  /** Whether something unknown may stand before the best levels held, as of the last sample. */
  public boolean isTouchUnproven() {
    BookAsOf asOf = book.current().book();
    return asOf.status() == BookStatus.LIVE && !asOf.known().touchProven();
  }

  /** Returns that {@link #sample} clamped for the windows since the last call. */
  public long takeClampedReturns() {
    return volatility == null ? 0 : volatility.takeClamps();
  }

  /**
   * Takes the next trade of the log; one that was taken before changes nothing, and of one that is
   * none of the market's the id alone counts.
   *
   * @param effectiveUs when it counts, not before a published sample
   * @return as {@link SeenTrades#accept}
   * @throws IOException if trades that wait cannot be stored
   */
  public long accept(Trade trade, long effectiveUs) throws IOException {
    if (newestTradeUs != NEVER && effectiveUs - newestTradeUs > settings.forgetAfterUs()) {
      seenTrades = new SeenTrades();
    }
    newestTradeUs = Math.max(newestTradeUs, effectiveUs);
    long skipped = seenTrades.accept(trade);
    if (skipped != SeenTrades.DUPLICATE && trade.kind() == TradeKind.MARKET) {
      trades.add(effectiveUs == trade.effectiveTimeUs() ? trade : trade.at(effectiveUs));
    }
    return skipped;
  }

  /**
   * The next sample at which this instrument may have something to publish; {@link Long#MAX_VALUE}
   * for none.
   */
  public long nextSampleUs() {
    long next = Math.min(book.nextSampleUs(), trades.nextSampleUs());
    if (publishedUs != NEVER && isActiveAt(publishedUs + settings.intervalUs())) {
      next = Math.min(next, publishedUs + settings.intervalUs());
    }
    return next;
  }

  private boolean isActiveAt(long sampleUs) {
    long last = Math.max(book.current().book().lastMessageUs(), lastTradeUs);
    return last != NEVER && last >= sampleUs - settings.idleAfterUs();
  }

  /**
   * Closes the interval that ends at a sample; samples grow from call to call.
   *
   * @return null if the instrument does not sample
   * @throws IllegalStateException if it {@link #needsBookFor needs the book}
   * @throws IOException if what waits cannot be read
   */
  public SymbolSample sample(long sampleUs) throws IOException {
    BookCapture current = book.asOf(sampleUs);
    Iterable<Trade> closed = trades.until(sampleUs);
    for (Trade trade : closed) {
      lastTradeUs = Math.max(lastTradeUs, trade.effectiveTimeUs());
    }
    SymbolSample measured = isActiveAt(sampleUs) ? measure(sampleUs, current, closed) : null;
    trades.dropUntil(sampleUs);
    return measured;
  }

  private SymbolSample measure(long sampleUs, BookCapture current, Iterable<Trade> closed) {
    if (closed.iterator().hasNext() || current.sampleUs() == sampleUs) {
      hear(sampleUs);
    }
    BookSample bookSample = bookSample(current, sampleUs);
    long sample = sampleUs / settings.intervalUs();
    double[] steps = book.mids().steps(sampleUs - settings.intervalUs(), sampleUs);
    Volatility measures = volatility(sample, steps, bookSample.mid());
    TradeSample tradeSample =
        TradeSample.of(closed, book.mids(), staleAfterUs, bookSample.mid(), spec);
    FlowSample flowSample = flow.add(sample, closed, tradeSample, measures.logReturns());
    List<MidChange> changes = book.mids().changes(sampleUs - settings.intervalUs(), sampleUs);
    book.mids().forgetBefore(sampleUs);
    publishedUs = sampleUs;
    SymbolSample measured =
        new SymbolSample(
            instrument,
            sampleUs,
            bookSample.status(),
            current.book().sequence(),
            bookSample.mid(),
            measures.logReturn(),
            NodeFeatures.of(bookSample, tradeSample, flowSample, measures),
            changes);
    return spec.hasFixedRate() ? measured.at(spec.referenceRate()) : measured;
  }

  private Volatility volatility(long sample, double[] steps, double mid) {
    boolean priced =
        !Double.isNaN(mid) || Arrays.stream(steps).anyMatch(step -> !Double.isNaN(step));
    if (volatility == null && !priced) {
      return Volatility.NOTHING;
    }
    if (volatility == null) {
      beginVolatility();
    }
    volatility.add(sample, steps, mid);
    return volatility;
  }

  private void beginVolatility() {
    volatility = new Volatility();
    volatility.addTo(windows);
  }

  /**
   * The interval that ends at a sample holds messages. After a silence in which the instrument may
   * have been forgotten nothing is remembered: a silence says the same whether it was or not.
   */
  private void hear(long sampleUs) {
    if (lastHeardUs != NEVER && sampleUs - lastHeardUs > settings.forgetAfterUs()) {
      beginAnew();
    }
    lastHeardUs = sampleUs;
  }

  private BookSample bookSample(BookCapture current, long sampleUs) {
    BookAsOf asOf = current.book();
    boolean stale = asOf.status() == BookStatus.LIVE && sampleUs - asOf.freshUs() > staleAfterUs;
    BookStatus status = stale ? BookStatus.STALE : asOf.status();
    boolean fresh = current.sampleUs() == sampleUs;
    boolean proven = sampleUs <= current.unprovenUs();
    boolean exists = status == BookStatus.LIVE && proven && !Double.isNaN(asOf.mid());
    double quiet = Double.isNaN(current.imbalance()) ? Double.NaN : 0;
    double orderFlow = exists ? (fresh ? current.imbalance() : quiet) : Double.NaN;
    imbalances.put(sampleUs / settings.intervalUs(), orderFlow);
    double orderFlow1m =
        imbalances.count(MINUTE_SAMPLES) < MIN_SAMPLES
            ? Double.NaN
            : imbalances.sum(MINUTE_SAMPLES);
    return new BookSample(
        asOf,
        status,
        sampleUs,
        orderFlow,
        spec.baseUnits(orderFlow, asOf.mid()),
        orderFlow1m,
        fresh ? current.updates() : 0,
        proven);
  }

  /** Writes everything but the book and what is in pages. */
  public void writeTo(DataOutput out) throws IOException {
    SectionWriter sections = new SectionWriter(out).write(WINDOWS, windows::writeTo);
    if (volatility != null) {
      sections.write(VOLATILITY, volatility::writeTo);
    }
    sections
        .write(FLOW, flow::writeTo)
        .write(BOOK, book::writeTo)
        .write(TRADES, trades::writeTo)
        .write(SEEN_TRADES, seenTrades::writeTo)
        .write(RESYNCS, resyncs::writeTo)
        .write(TIMES, this::writeTimes)
        .end();
  }

  /** Reads what {@link #writeTo} wrote, and the panes of windows that have ended. */
  public void readFrom(DataInput in) throws IOException {
    SectionReader sections = new SectionReader(in);
    if (sections.has(VOLATILITY)) {
      beginVolatility();
    }
    sections
        .read(WINDOWS, stored -> windows.readFrom(stored, pages))
        .read(VOLATILITY, stored -> volatility.readFrom(stored))
        .read(FLOW, flow::readFrom)
        .read(BOOK, book::readFrom)
        .read(TRADES, trades::readFrom)
        .read(SEEN_TRADES, seenTrades::readFrom)
        .read(RESYNCS, resyncs::readFrom)
        .read(TIMES, this::readTimes);
    if (volatility != null) {
      volatility.measure();
    }
  }

  private void writeTimes(DataOutput out) throws IOException {
    out.writeLong(lastTradeUs);
    out.writeLong(newestTradeUs);
    out.writeLong(lastHeardUs);
    out.writeLong(publishedUs);
  }

  private void readTimes(DataInput in) throws IOException {
    lastTradeUs = in.readLong();
    newestTradeUs = in.readLong();
    lastHeardUs = in.readLong();
    publishedUs = in.readLong();
  }
}
