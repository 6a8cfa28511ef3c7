package io.streamforge.job;

import io.streamforge.book.BookAsOf;
import io.streamforge.book.BookStatus;
import io.streamforge.book.BookTick;
import io.streamforge.book.MidPath;
import io.streamforge.book.OrderBook;
import io.streamforge.book.Outcome;
import io.streamforge.flow.OrderFlowImbalance;
import io.streamforge.flow.TradeTick;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.ReferenceCurrency;
import io.streamforge.market.Trade;
import io.streamforge.volatility.TickWindow;
import io.streamforge.volatility.Volatility;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

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
  private final double referenceRate;

  private final OrderBook book;
  private final OrderFlowImbalance imbalance = new OrderFlowImbalance();
  private final MidPath mids = new MidPath();
  private long bookClockUs = NEVER;
  private boolean intervalOpen;
  private long updates;
  private Incident incident;

  private final ArrayDeque<Capture> captures = new ArrayDeque<>();
  private Capture current = new Capture(NEVER, BookAsOf.NOTHING, 0, 0, null);

  private final ArrayList<Trade> trades = new ArrayList<>();
  private long lastTradeUs = NEVER;

  private final ResyncSchedule resyncs;

  private final Volatility volatility = new Volatility();
  private final TickWindow imbalances = new TickWindow(MINUTE_TICKS);
  private long publishedUs = NEVER;

  /** The book as of the end of an interval that held messages, with what they summed up to. */
  private record Capture(
      long tickUs, BookAsOf book, double imbalance, long updates, Incident incident) {}

  InstrumentState(Instrument instrument, InstrumentSettings settings) {
    this.instrument = instrument;
    this.settings = settings;
    this.referenceRate = ReferenceCurrency.rate(instrument);
    this.book = new OrderBook(settings.maxWaiting());
    this.resyncs =
        new ResyncSchedule(instrument.id(), settings.resyncRetryUs(), settings.resyncSpreadUs());
  }

  Instrument instrument() {
    return instrument;
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
    long timeUs = Math.max(bookClockUs, effectiveUs);
    if (intervalOpen && timeUs >= tickAfter(bookClockUs)) {
      capture();
    }
    bookClockUs = timeUs;
    intervalOpen = true;
    Outcome outcome = book.apply(update);
    incident = incidentAfter(outcome, update);
    switch (outcome) {
      case APPLIED -> imbalance.update(book);
      case SNAPSHOT_APPLIED -> imbalance.prime(book);
      case GAP, CHECKSUM_MISMATCH -> imbalance.interrupt();
      default -> {}
    }
    if (outcome.applied()) {
      updates++;
    }
    mids.set(timeUs, BookAsOf.mid(book));
    return outcome;
  }

  private Incident incidentAfter(Outcome outcome, BookUpdate update) {
    return switch (outcome) {
      case GAP ->
          new Incident(
              Incident.Reason.GAP, bookClockUs, book.sequence(), update.previousSequence());
      case CHECKSUM_MISMATCH -> newIncident(Incident.Reason.CHECKSUM_MISMATCH);
      case WAITING -> incident != null ? incident : newIncident(Incident.Reason.NO_SNAPSHOT);
      case APPLIED, SNAPSHOT_APPLIED, COVERED, SNAPSHOT_IGNORED -> {
        if (!BookAsOf.isCrossed(book)) {
          yield null;
        }
        boolean lasts = incident != null && incident.reason() == Incident.Reason.CROSSED;
        yield lasts ? incident : newIncident(Incident.Reason.CROSSED);
      }
    };
  }

  private Incident newIncident(Incident.Reason reason) {
    return new Incident(reason, bookClockUs, BookUpdate.NO_SEQUENCE, BookUpdate.NO_SEQUENCE);
  }

  /**
   * What a snapshot has to be asked for at the tick that {@link #tick} closed last; null for
   * nothing. To be asked once a tick.
   */
  Incident takeResync() {
    return resyncs.isDue(current.incident(), publishedUs) ? current.incident() : null;
  }

  /**
   * Takes the next trade of the log.
   *
   * @param effectiveUs when it counts, not before a published tick
   */
  void accept(Trade trade, long effectiveUs) {
    trades.add(effectiveUs == trade.effectiveTimeUs() ? trade : trade.at(effectiveUs));
  }

  private void capture() {
    captures.add(
        new Capture(
            tickAfter(bookClockUs),
            BookAsOf.of(book, referenceRate, bookClockUs),
            imbalance.take(),
            updates,
            incident));
    updates = 0;
    intervalOpen = false;
  }

  /** The tick that publishes what happens at a time. */
  private long tickAfter(long timeUs) {
    return Math.floorDiv(timeUs, settings.intervalUs()) * settings.intervalUs()
        + settings.intervalUs();
  }

  /**
   * The next tick at which this instrument may have something to publish; {@link Long#MAX_VALUE}
   * for none.
   */
  long nextTickUs() {
    long next = Long.MAX_VALUE;
    if (!captures.isEmpty()) {
      next = captures.peek().tickUs();
    } else if (intervalOpen) {
      next = tickAfter(bookClockUs);
    }
    for (Trade trade : trades) {
      next = Math.min(next, tickAfter(trade.effectiveTimeUs()));
    }
    if (publishedUs != NEVER && isActiveAt(publishedUs + settings.intervalUs())) {
      next = Math.min(next, publishedUs + settings.intervalUs());
    }
    return next;
  }

  private boolean isActiveAt(long tickUs) {
    long last = Math.max(current.book().lastMessageUs(), lastTradeUs);
    return last != NEVER && last >= tickUs - settings.idleAfterUs();
  }

  /**
   * Closes the interval that ends at a tick; ticks grow from call to call.
   *
   * @return null if the instrument does not tick
   */
  SymbolTick tick(long tickUs) {
    if (intervalOpen && bookClockUs < tickUs) {
      capture();
    }
    while (!captures.isEmpty() && captures.peek().tickUs() <= tickUs) {
      current = captures.poll();
    }
    List<Trade> closed = takeTradesBefore(tickUs);
    if (!isActiveAt(tickUs)) {
      return null;
    }
    BookTick bookTick = bookTick(tickUs);
    long tick = tickUs / settings.intervalUs();
    volatility.add(tick, bookTick.mid());
    TradeTick tradeTick =
        TradeTick.of(closed, mids, settings.staleAfterUs(), bookTick.mid(), referenceRate);
    mids.forgetBefore(tickUs);
    publishedUs = tickUs;
    return new SymbolTick(
        instrument,
        tickUs,
        bookTick.status(),
        current.book().sequence(),
        bookTick.mid(),
        volatility.logReturn(),
        NodeFeatures.of(bookTick, tradeTick, volatility));
  }

  private BookTick bookTick(long tickUs) {
    BookAsOf asOf = current.book();
    boolean stale =
        asOf.status() == BookStatus.LIVE && tickUs - asOf.lastMessageUs() > settings.staleAfterUs();
    BookStatus status = stale ? BookStatus.STALE : asOf.status();
    boolean fresh = current.tickUs() == tickUs;
    boolean exists = status == BookStatus.LIVE && !Double.isNaN(asOf.mid());
    double flow = exists ? (fresh ? current.imbalance() : 0) : Double.NaN;
    imbalances.put(tickUs / settings.intervalUs(), flow);
    double flow1m =
        imbalances.count(MINUTE_TICKS) < MIN_TICKS ? Double.NaN : imbalances.sum(MINUTE_TICKS);
    return new BookTick(asOf, status, tickUs, flow, flow1m, fresh ? current.updates() : 0);
  }

  private List<Trade> takeTradesBefore(long tickUs) {
    if (trades.isEmpty()) {
      return List.of();
    }
    List<Trade> taken = new ArrayList<>();
    int kept = 0;
    for (Trade trade : trades) {
      if (trade.effectiveTimeUs() < tickUs) {
        taken.add(trade);
        lastTradeUs = Math.max(lastTradeUs, trade.effectiveTimeUs());
      } else {
        trades.set(kept++, trade);
      }
    }
    trades.subList(kept, trades.size()).clear();
    return taken;
  }

  /** Writes the book. */
  void writeBookTo(DataOutput out) throws IOException {
    book.writeTo(out);
  }

  /** Reads what {@link #writeBookTo} wrote. */
  void readBookFrom(DataInput in) throws IOException {
    book.readFrom(in, instrument);
  }

  /** Writes everything but the book. */
  void writeTo(DataOutput out) throws IOException {
    imbalance.writeTo(out);
    mids.writeTo(out);
    out.writeLong(bookClockUs);
    out.writeBoolean(intervalOpen);
    out.writeLong(updates);
    writeIncident(incident, out);
    out.writeInt(captures.size());
    for (Capture capture : captures) {
      writeCapture(capture, out);
    }
    writeCapture(current, out);
    out.writeInt(trades.size());
    for (Trade trade : trades) {
      trade.writeTo(out);
    }
    out.writeLong(lastTradeUs);
    resyncs.writeTo(out);
    volatility.writeTo(out);
    imbalances.writeTo(out);
    out.writeLong(publishedUs);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    imbalance.readFrom(in);
    mids.readFrom(in);
    bookClockUs = in.readLong();
    intervalOpen = in.readBoolean();
    updates = in.readLong();
    incident = readIncident(in);
    for (int left = in.readInt(); left > 0; left--) {
      captures.add(readCapture(in));
    }
    current = readCapture(in);
    for (int left = in.readInt(); left > 0; left--) {
      trades.add(Trade.readFrom(in, instrument));
    }
    lastTradeUs = in.readLong();
    resyncs.readFrom(in);
    volatility.readFrom(in);
    imbalances.readFrom(in);
    publishedUs = in.readLong();
  }

  private static void writeCapture(Capture capture, DataOutput out) throws IOException {
    out.writeLong(capture.tickUs());
    capture.book().writeTo(out);
    out.writeDouble(capture.imbalance());
    out.writeLong(capture.updates());
    writeIncident(capture.incident(), out);
  }

  private static void writeIncident(Incident incident, DataOutput out) throws IOException {
    out.writeBoolean(incident != null);
    if (incident != null) {
      incident.writeTo(out);
    }
  }

  private static Incident readIncident(DataInput in) throws IOException {
    return in.readBoolean() ? Incident.readFrom(in) : null;
  }

  private static Capture readCapture(DataInput in) throws IOException {
    return new Capture(
        in.readLong(), BookAsOf.readFrom(in), in.readDouble(), in.readLong(), readIncident(in));
  }
}
