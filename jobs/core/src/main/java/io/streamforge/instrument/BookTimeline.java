package io.streamforge.instrument;

import static java.lang.Double.NaN;

import io.streamforge.book.BookAsOf;
import io.streamforge.book.BookStatus;
import io.streamforge.book.OrderBook;
import io.streamforge.book.Outcome;
import io.streamforge.flow.OrderFlowImbalance;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.mid.MidPath;
import io.streamforge.section.Section;
import io.streamforge.section.SectionReader;
import io.streamforge.section.SectionWriter;
import io.streamforge.time.SampleGrid;
import io.streamforge.window.PageStore;
import io.streamforge.window.PagedQueue;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a book, which runs ahead with its log, was at the samples that are not published yet. Its
 * effective time never runs backwards. The book itself is kept elsewhere.
 */
final class BookTimeline {
  private static final long NEVER = Long.MIN_VALUE;
  private static final Section IMBALANCE = Section.of(1, "book-timeline.imbalance");
  private static final Section MIDS = Section.of(2, "book-timeline.mids");
  private static final Section INTERVAL = Section.of(3, "book-timeline.interval");
  private static final Section CAPTURES = Section.of(4, "book-timeline.captures");

  /** The store is shared: the pages of windows and of trades have smaller numbers. */
  private static final long FIRST_CAPTURES_PAGE = 101L << 56;

  private static final long FIRST_MIDS_PAGE = 102L << 56;

  private final long intervalUs;
  private final long forgetAfterUs;
  private final long staleAfterUs;
  private final InstrumentSpec spec;
  private final OrderFlowImbalance imbalance = new OrderFlowImbalance();
  private final MidsAhead mids;
  private long clockUs = NEVER;

  /** When a message showed last that the book is the venue's. */
  private long freshUs = NEVER;

  private boolean intervalOpen;
  private long updates;
  private Incident incident;
  private long unprovenUs = Long.MAX_VALUE;

  /** While no trade comes, the book may be minutes ahead: a capture for each second. */
  private final PagedQueue<BookCapture> captures;

  private BookCapture current = BookCapture.NOTHING;

  /**
   * @param staleAfterUs how long the book may be without a message
   * @param spec what the instrument is
   * @param pages the instrument's
   */
  BookTimeline(
      InstrumentSettings settings, long staleAfterUs, InstrumentSpec spec, PageStore pages) {
    this.intervalUs = settings.intervalUs();
    this.forgetAfterUs = settings.forgetAfterUs();
    this.staleAfterUs = staleAfterUs;
    this.spec = spec;
    this.mids = new MidsAhead(pages, FIRST_MIDS_PAGE);
    this.captures =
        new PagedQueue<>(BookCapture::writeTo, BookCapture::readFrom, pages, FIRST_CAPTURES_PAGE);
  }

  /** Effective time of the newest message; {@link Long#MIN_VALUE} before the first. */
  long clockUs() {
    return clockUs;
  }

  /**
   * Takes the next message of the log, and applies it to the book.
   *
   * @param effectiveUs when it counts, not before a published sample
   * @param watch looks at the book before and after
   */
  Outcome accept(OrderBook book, BookUpdate update, long effectiveUs, BookWatch watch)
      throws IOException {
    long timeUs = Math.max(clockUs, effectiveUs);
    if (intervalOpen && timeUs >= SampleGrid.after(clockUs, intervalUs)) {
      capture(book);
    }
    boolean begins = clockUs == NEVER || timeUs - clockUs > forgetAfterUs;
    if (begins && clockUs != NEVER) {
      forget(book);
    }
    clockUs = timeUs;
    intervalOpen = true;
    long expected = book.sequence();
    watch.before(book, spec, begins);
    Outcome outcome = book.apply(update);
    incident = incidentAfter(outcome, book, update, expected);
    watch.after(book, update, incident);
    switch (outcome) {
      case APPLIED -> imbalance.update(book);
      case SNAPSHOT_APPLIED, DRIFT -> imbalance.prime(book);
      default -> {
        if (outcome.loses()) {
          imbalance.interrupt();
        }
      }
    }
    if (outcome.applied()) {
      updates++;
    }
    if (outcome.refreshes()) {
      if (freshUs != NEVER && timeUs - freshUs > Math.min(staleAfterUs, forgetAfterUs)) {
        mids.interrupt();
      }
      freshUs = timeUs;
    }
    if (outcome.refreshes() || book.status() != BookStatus.LIVE) {
      mids.set(timeUs, BookAsOf.mid(book));
    }
    return outcome;
  }

  private void forget(OrderBook book) {
    book.reset();
    imbalance.interrupt();
    incident = null;
    freshUs = NEVER;
    mids.interrupt();
  }

  private Incident incidentAfter(
      Outcome outcome, OrderBook book, BookUpdate update, long expected) {
    return switch (outcome) {
      case GAP -> newIncident(Incident.Reason.GAP, update, expected);
      case COUNTS_ANEW -> newIncident(Incident.Reason.COUNTS_ANEW, update, expected);
      case CHECKSUM_MISMATCH -> newIncident(Incident.Reason.CHECKSUM_MISMATCH, update);
      case UNREADABLE -> newIncident(Incident.Reason.UNREADABLE, update);
      case DISCONNECTED -> newIncident(Incident.Reason.DISCONNECTED, update);
      case LOST_RECORDS -> newIncident(Incident.Reason.LOST_RECORDS, update);
      case WAITING ->
          incident != null ? incident : newIncident(Incident.Reason.NO_SNAPSHOT, update);
      case SNAPSHOT_UNREADABLE, SNAPSHOT_UNSOUND ->
          incident == null ? null : incident.answeredInVain(clockUs);
      case UNUSED -> incident;
      case APPLIED, SNAPSHOT_APPLIED, DRIFT, CONFIRMED, COVERED, SNAPSHOT_IGNORED -> {
        if (!BookAsOf.isCrossed(book)) {
          yield null;
        }
        boolean lasts = incident != null && incident.reason() == Incident.Reason.CROSSED;
        yield lasts ? incident : newIncident(Incident.Reason.CROSSED, update);
      }
    };
  }

  private Incident newIncident(Incident.Reason reason, BookUpdate update) {
    return Incident.of(
        reason, clockUs, BookUpdate.NO_SEQUENCE, BookUpdate.NO_SEQUENCE, update.traceparent());
  }

  private Incident newIncident(Incident.Reason reason, BookUpdate update, long expected) {
    boolean linked = update.previousSequence() != BookUpdate.NO_SEQUENCE;
    long received = linked ? update.previousSequence() : update.sequence();
    return Incident.of(reason, clockUs, expected, received, update.traceparent());
  }

  /** Takes the book as it is now, which ends the interval of the newest message. */
  void capture(OrderBook book) throws IOException {
    long sampleUs = SampleGrid.after(clockUs, intervalUs);
    BookAsOf asOf = BookAsOf.of(book, spec, clockUs, freshUs);
    double flow = imbalance.take();
    unprovenUs = asOf.known().touchProven() ? Long.MAX_VALUE : Math.min(unprovenUs, sampleUs);
    captures.add(
        new BookCapture(
            sampleUs, asOf, book.sendsDeltas() ? flow : NaN, updates, unprovenUs, incident));
    updates = 0;
    intervalOpen = false;
  }

  /** Whether the book as of a sample has still to be taken by {@link #capture}. */
  boolean needsBookFor(long sampleUs) {
    return intervalOpen && clockUs < sampleUs;
  }

  /**
   * The book as of a sample; samples grow from call to call.
   *
   * @throws IllegalStateException if it has not been taken yet
   */
  BookCapture asOf(long sampleUs) throws IOException {
    if (needsBookFor(sampleUs)) {
      throw new IllegalStateException("the book as of sample " + sampleUs + " was not captured");
    }
    mids.bringNear(sampleUs);
    while (!captures.isEmpty() && captures.peek().sampleUs() <= sampleUs) {
      current = captures.poll();
    }
    if (current.book().lastMessageUs() < sampleUs - forgetAfterUs) {
      current = BookCapture.NOTHING;
    }
    return current;
  }

  /** What {@link #asOf} gave last. */
  BookCapture current() {
    return current;
  }

  /** The next sample that closes an interval with messages; {@link Long#MAX_VALUE} for none. */
  long nextSampleUs() {
    if (!captures.isEmpty()) {
      return captures.peek().sampleUs();
    }
    return intervalOpen ? SampleGrid.after(clockUs, intervalUs) : Long.MAX_VALUE;
  }

  /** The mids until {@link #asOf}, that trades are measured against, and their changes. */
  MidPath mids() {
    return mids.near();
  }

  /** Writes everything but the book. */
  void writeTo(DataOutput out) throws IOException {
    new SectionWriter(out)
        .write(IMBALANCE, imbalance::writeTo)
        .write(MIDS, mids::writeTo)
        .write(INTERVAL, this::writeInterval)
        .write(CAPTURES, this::writeCaptures)
        .end();
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    new SectionReader(in)
        .read(IMBALANCE, imbalance::readFrom)
        .read(MIDS, mids::readFrom)
        .read(INTERVAL, this::readInterval)
        .read(CAPTURES, this::readCaptures);
  }

  private void writeInterval(DataOutput out) throws IOException {
    out.writeLong(clockUs);
    out.writeLong(freshUs);
    out.writeBoolean(intervalOpen);
    out.writeLong(updates);
    out.writeLong(unprovenUs);
    Incident.write(incident, out);
  }

  private void readInterval(DataInput in) throws IOException {
    clockUs = in.readLong();
    freshUs = in.readLong();
    intervalOpen = in.readBoolean();
    updates = in.readLong();
    unprovenUs = in.readLong();
    incident = Incident.read(in);
  }

  private void writeCaptures(DataOutput out) throws IOException {
    captures.writeTo(out);
    current.writeTo(out);
  }

  private void readCaptures(DataInput in) throws IOException {
    captures.readFrom(in);
    current = BookCapture.readFrom(in);
  }
}
