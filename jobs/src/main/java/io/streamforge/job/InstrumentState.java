package io.streamforge.job;

import io.streamforge.book.BookAsOf;
import io.streamforge.book.BookStatus;
import io.streamforge.book.BookTick;
import io.streamforge.book.MidChange;
import io.streamforge.book.Outcome;
import io.streamforge.book.PageStore;
import io.streamforge.flow.FlowTick;
import io.streamforge.flow.SeenTrades;
import io.streamforge.flow.TradeFlow;
import io.streamforge.flow.TradeTick;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.Ticks;
import io.streamforge.market.Trade;
import io.streamforge.volatility.Grid;
import io.streamforge.volatility.TickWindow;
import io.streamforge.volatility.Volatility;
import io.streamforge.volatility.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One instrument between two ticks: its book, which runs ahead with the log, and what waits to be
 * published. A tick is made of what happened strictly before it, however much later has arrived.
 */
final class InstrumentState {
  private static final long NEVER = Long.MIN_VALUE;
  private static final int MINUTE_TICKS = 60;
  private static final int MIN_TICKS = 30;

  private final Instrument instrument;
  private final InstrumentSettings settings;
  private final InstrumentSpec spec;
  private final long staleAfterUs;

  private final BookTimeline book;
  private SeenTrades seenTrades = new SeenTrades();
  private long newestTradeUs = NEVER;

  /** By the tick that publishes them. After a standstill trades may be far ahead of the books. */
  private final TreeMap<Long, List<Trade>> trades = new TreeMap<>();

  private long lastTradeUs = NEVER;

  private final ResyncSchedule resyncs;

  private Volatility volatility;
  private TradeFlow flow;
  private TickWindow imbalances;
  private Windows windows;
  private long lastHeardUs = NEVER;
  private long publishedUs = NEVER;

  InstrumentState(Instrument instrument, InstrumentSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    this.spec = settings.registry().of(instrument);
    this.staleAfterUs = settings.staleAfterUs(instrument.venue());
    this.book = new BookTimeline(settings, staleAfterUs, spec);
    this.resyncs =
        new ResyncSchedule(instrument.id(), settings.resyncRetryUs(), settings.resyncSpreadUs());
    beginAnew();
  }

  private void beginAnew() {
    volatility = new Volatility();
    flow = new TradeFlow();
    imbalances = new TickWindow(MINUTE_TICKS);
    windows = new Windows(instrument.id().hashCode());
    volatility.addTo(windows);
    flow.addTo(windows);
    windows.add(Grid.TICK, imbalances);
  }

  Instrument instrument() {
    return instrument;
  }

  /** What ticks have put into windows. */
  Windows windows() {
    return windows;
  }

  /** The book, which runs ahead. */
  BookTimeline book() {
    return book;
  }

  /**
   * Whether all of it is so old that an instrument that begins anew would publish the same.
   *
   * @param completeUs all that happened before it is here
   */
  boolean isForgottenAt(long completeUs) {
    long lastUs = Math.max(book.clockUs(), newestTradeUs);
    return nextTickUs() == Long.MAX_VALUE && lastUs < completeUs - settings.forgetAfterUs();
  }

  /** The last tick published, {@link Long#MIN_VALUE} before the first. */
  long publishedUs() {
    return publishedUs;
  }

  /**
   * Takes the next message of the book's log.
   *
   * @param effectiveUs when it counts, not before a published tick
   */
  Outcome accept(BookUpdate update, long effectiveUs) {
    return book.accept(update, effectiveUs);
  }

  /**
   * What a snapshot has to be asked for at the tick that {@link #tick} closed last; null for
   * nothing. To be asked once a tick.
   */
  Incident takeResync() {
    Incident incident = book.current().incident();
    return resyncs.isDue(incident, publishedUs) ? incident : null;
  }

  /**
   * Takes the next trade of the log; one that was taken before changes nothing.
   *
   * @param effectiveUs when it counts, not before a published tick
   * @return as {@link SeenTrades#accept}
   */
  long accept(Trade trade, long effectiveUs) {
    if (newestTradeUs != NEVER && effectiveUs - newestTradeUs > settings.forgetAfterUs()) {
      seenTrades = new SeenTrades();
    }
    newestTradeUs = Math.max(newestTradeUs, effectiveUs);
    long skipped = seenTrades.accept(trade);
    if (skipped != SeenTrades.DUPLICATE) {
      await(effectiveUs == trade.effectiveTimeUs() ? trade : trade.at(effectiveUs));
    }
    return skipped;
  }

  private void await(Trade trade) {
    long tickUs = Ticks.after(trade.effectiveTimeUs(), settings.intervalUs());
    trades.computeIfAbsent(tickUs, tick -> new ArrayList<>()).add(trade);
  }

  /**
   * The next tick at which this instrument may have something to publish; {@link Long#MAX_VALUE}
   * for none.
   */
  long nextTickUs() {
    long next = book.nextTickUs();
    if (!trades.isEmpty()) {
      next = Math.min(next, trades.firstKey());
    }
    if (publishedUs != NEVER && isActiveAt(publishedUs + settings.intervalUs())) {
      next = Math.min(next, publishedUs + settings.intervalUs());
    }
    return next;
  }

  private boolean isActiveAt(long tickUs) {
    long last = Math.max(book.current().book().lastMessageUs(), lastTradeUs);
    return last != NEVER && last >= tickUs - settings.idleAfterUs();
  }

  /**
   * Closes the interval that ends at a tick; ticks grow from call to call.
   *
   * @return null if the instrument does not tick
   */
  SymbolTick tick(long tickUs) {
    BookCapture current = book.asOf(tickUs);
    List<Trade> closed = takeTradesBefore(tickUs);
    if (!isActiveAt(tickUs)) {
      return null;
    }
    if (!closed.isEmpty() || current.tickUs() == tickUs) {
      hear(tickUs);
    }
    BookTick bookTick = bookTick(current, tickUs);
    long tick = tickUs / settings.intervalUs();
    double[] steps = book.mids().steps(tickUs - settings.intervalUs(), tickUs);
    volatility.add(tick, steps, bookTick.mid());
    TradeTick tradeTick = TradeTick.of(closed, book.mids(), staleAfterUs, bookTick.mid(), spec);
    FlowTick flowTick = flow.add(tick, closed, tradeTick, volatility.logReturns());
    List<MidChange> changes = book.mids().changes(tickUs - settings.intervalUs(), tickUs);
    book.mids().forgetBefore(tickUs);
    publishedUs = tickUs;
    SymbolTick measured =
        new SymbolTick(
            instrument,
            tickUs,
            bookTick.status(),
            current.book().sequence(),
            bookTick.mid(),
            volatility.logReturn(),
            NodeFeatures.of(bookTick, tradeTick, flowTick, volatility),
            changes);
    return spec.hasFixedRate() ? measured.at(spec.referenceRate()) : measured;
  }

  /**
   * The interval that ends at a tick holds messages. After a silence in which the instrument may
   * have been forgotten nothing is remembered: a silence says the same whether it was or not.
   */
  private void hear(long tickUs) {
    if (lastHeardUs != NEVER && tickUs - lastHeardUs > settings.forgetAfterUs()) {
      beginAnew();
    }
    lastHeardUs = tickUs;
  }

  private BookTick bookTick(BookCapture current, long tickUs) {
    BookAsOf asOf = current.book();
    boolean stale =
        asOf.status() == BookStatus.LIVE && tickUs - asOf.lastMessageUs() > staleAfterUs;
    BookStatus status = stale ? BookStatus.STALE : asOf.status();
    boolean fresh = current.tickUs() == tickUs;
    boolean exists = status == BookStatus.LIVE && !Double.isNaN(asOf.mid());
    double orderFlow = exists ? (fresh ? current.imbalance() : 0) : Double.NaN;
    imbalances.put(tickUs / settings.intervalUs(), orderFlow);
    double orderFlow1m =
        imbalances.count(MINUTE_TICKS) < MIN_TICKS ? Double.NaN : imbalances.sum(MINUTE_TICKS);
    return new BookTick(
        asOf,
        status,
        tickUs,
        orderFlow,
        spec.baseUnits(orderFlow, asOf.mid()),
        orderFlow1m,
        fresh ? current.updates() : 0);
  }

  private List<Trade> takeTradesBefore(long tickUs) {
    if (trades.isEmpty() || trades.firstKey() > tickUs) {
      return List.of();
    }
    List<Trade> taken = new ArrayList<>();
    while (!trades.isEmpty() && trades.firstKey() <= tickUs) {
      taken.addAll(trades.pollFirstEntry().getValue());
    }
    for (Trade trade : taken) {
      lastTradeUs = Math.max(lastTradeUs, trade.effectiveTimeUs());
    }
    return taken;
  }

  /** Writes everything but the book and the panes of windows that have ended. */
  void writeTo(DataOutput out) throws IOException {
    windows.writeTo(out);
    volatility.writeTo(out);
    flow.writeTo(out);
    book.writeTo(out);
    out.writeInt(trades.values().stream().mapToInt(List::size).sum());
    for (List<Trade> ofTick : trades.values()) {
      for (Trade trade : ofTick) {
        trade.writeTo(out);
      }
    }
    out.writeLong(lastTradeUs);
    seenTrades.writeTo(out);
    out.writeLong(newestTradeUs);
    resyncs.writeTo(out);
    out.writeLong(lastHeardUs);
    out.writeLong(publishedUs);
  }

  /** Reads what {@link #writeTo} wrote, and the panes that have ended. */
  void readFrom(DataInput in, PageStore ended) throws IOException {
    windows.readFrom(in, ended);
    volatility.readFrom(in);
    flow.readFrom(in);
    book.readFrom(in);
    for (int left = in.readInt(); left > 0; left--) {
      await(Trade.readFrom(in, instrument));
    }
    lastTradeUs = in.readLong();
    seenTrades.readFrom(in);
    newestTradeUs = in.readLong();
    resyncs.readFrom(in);
    lastHeardUs = in.readLong();
    publishedUs = in.readLong();
  }
}
