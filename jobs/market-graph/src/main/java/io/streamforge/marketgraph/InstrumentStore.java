package io.streamforge.marketgraph;

import io.streamforge.book.OrderBook;
import io.streamforge.instrument.CachedInstrument;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.InstrumentState;
import io.streamforge.market.Instrument;
import io.streamforge.market.Utf8Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The instruments of one subtask, a write-back cache over keyed state: a message touches memory
 * alone. Books that changed are written a few at a sample, and the rest before a checkpoint, with
 * what every sample changes of an instrument. All but the books stays in memory; the books leave
 * it, those used least recently first (by the clock algorithm), when they outgrow their share, and
 * come back when they are needed.
 */
final class InstrumentStore {
  /**
   * A sample looks at one book in so many, and writes it if it was not used since the last look.
   */
  private static final int BOOKS_A_LOOK = 2;

  private static final Comparator<CachedInstrument> BY_ID =
      Comparator.comparing(cached -> cached.state.instrument().id(), Utf8Order.INSTANCE);

  private final InstrumentTables tables;
  private final InstrumentSettings settings;
  private final Map<String, CachedInstrument> byId = new HashMap<>();
  private final List<CachedInstrument> inOrder = new ArrayList<>();
  private int hand;
  private long bookBytes;
  private final Counter loads;
  private final Counter evictions;

  /** Takes up the instruments that the tables hold. */
  InstrumentStore(InstrumentTables tables, InstrumentSettings settings, MetricGroup metrics)
      throws Exception {
    this.tables = tables;
    this.settings = settings;
    this.loads = metrics.counter("books_loaded");
    this.evictions = metrics.counter("books_evicted");
    metrics.gauge("book_cache_bytes", () -> bookBytes);
    metrics.gauge("instruments", inOrder::size);
    for (String id : tables.ids()) {
      add(tables.read(id));
    }
  }

  private CachedInstrument add(InstrumentState state) {
    CachedInstrument cached = new CachedInstrument(state);
    byId.put(state.instrument().id(), cached);
    inOrder.add(-Collections.binarySearch(inOrder, cached, BY_ID) - 1, cached);
    return cached;
  }

  /** An instrument, new if it is not known. */
  CachedInstrument get(Instrument instrument) {
    CachedInstrument cached = byId.get(instrument.id());
    if (cached == null) {
      cached = add(new InstrumentState(instrument, settings));
      cached.state.book().book(new OrderBook(settings.book()));
    }
    return cached;
  }

  /** All instruments, in the order of their ids' UTF-8 bytes. */
  List<CachedInstrument> all() {
    return Collections.unmodifiableList(inOrder);
  }

  /** Brings the book of an instrument into memory. */
  void needBook(CachedInstrument cached) throws Exception {
    cached.recentlyUsed = true;
    if (cached.state.book().book() == null) {
      loads.inc();
      cached.state.book().book(tables.readBook(cached.state.instrument()));
      account(cached);
    }
  }

  /** Says that a message has changed an instrument's book. */
  void bookChanged(CachedInstrument cached) throws Exception {
    cached.changed = true;
    cached.bookChanged = true;
    account(cached);
  }

  /**
   * After a sample, writes the panes of windows that have ended with it, which are those of some
   * instruments, and some of the books that changed, so that less is left for a checkpoint.
   */
  void writeSome() throws Exception {
    for (CachedInstrument cached : inOrder) {
      if (cached.state.windows().haveEndedPanes()) {
        tables.writeEndedPanes(cached.state);
      }
    }
    for (int looks = inOrder.size() / BOOKS_A_LOOK; looks > 0; looks--) {
      CachedInstrument next = next();
      if (!next.recentlyUsed) {
        writeBook(next);
      }
      next.recentlyUsed = false;
    }
  }

  private void account(CachedInstrument used) throws Exception {
    setBytes(used, used.state.book().book().heapBytes());
    // Whatever round it is, the second finds a book that was not used since the first.
    for (int looks = 2 * inOrder.size(); bookBytes > settings.cacheBytes() && looks > 0; looks--) {
      CachedInstrument next = next();
      if (next != used && !next.recentlyUsed && next.state.book().book() != null) {
        writeBook(next);
        next.state.book().book(null);
        setBytes(next, 0);
        evictions.inc();
      }
      next.recentlyUsed = next == used;
    }
  }

  private void setBytes(CachedInstrument cached, long bytes) {
    bookBytes += bytes - cached.bookBytes;
    cached.bookBytes = bytes;
  }

  private CachedInstrument next() {
    hand = hand + 1 < inOrder.size() ? hand + 1 : 0;
    return inOrder.get(hand);
  }

  private void writeBook(CachedInstrument cached) throws Exception {
    if (cached.bookChanged) {
      tables.writeBook(cached.state.instrument(), cached.state.book().book());
      cached.bookChanged = false;
    }
  }

  /** Forgets the instruments that are so old that nothing of them can show. */
  void forgetBefore(long completeUs) throws Exception {
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      CachedInstrument cached = inOrder.get(i);
      if (cached.state.isForgottenAt(completeUs)) {
        String id = cached.state.instrument().id();
        inOrder.remove(i);
        byId.remove(id);
        setBytes(cached, 0);
        tables.delete(id);
      }
    }
  }

  /** Writes what changed since the last call. */
  void flush() throws Exception {
    for (CachedInstrument cached : inOrder) {
      writeBook(cached);
      if (cached.changed) {
        tables.write(cached.state);
        cached.changed = false;
      }
    }
  }
}
