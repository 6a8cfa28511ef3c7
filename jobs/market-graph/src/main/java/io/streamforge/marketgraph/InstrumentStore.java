package io.streamforge.marketgraph;

import io.streamforge.book.OrderBook;
import io.streamforge.engine.InstrumentHome;
import io.streamforge.engine.InstrumentIndex;
import io.streamforge.engine.KeptInstrument;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.InstrumentState;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import java.io.IOException;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The instruments of one subtask, a write-back cache over keyed state: a message touches memory
 * alone. Books that changed are written a few at a sample, and the rest before a checkpoint, with
 * what every sample changes of an instrument. All but the books stays in memory; the books leave
 * it, those used least recently first (by the clock algorithm), when they outgrow their share, and
 * come back when they are needed.
 */
final class InstrumentStore implements InstrumentHome {
  /**
   * A sample looks at one book in so many, and writes it if it was not used since the last look.
   */
  private static final int BOOKS_A_LOOK = 2;

  private final InstrumentTables tables;
  private final InstrumentSettings settings;
  private final InstrumentIndex<CachedInstrument> index = new InstrumentIndex<>();
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
    metrics.gauge("instruments", index.inOrder()::size);
    for (String id : tables.ids()) {
      index.add(new CachedInstrument(tables.read(id)));
    }
  }

  @Override
  public CachedInstrument get(Instrument instrument) {
    CachedInstrument cached = index.get(instrument);
    if (cached == null) {
      cached = new CachedInstrument(tables.begin(instrument));
      cached.bookIsNew = true;
      index.add(cached);
    }
    return cached;
  }

  @Override
  public boolean has(Instrument instrument) {
    return index.get(instrument) != null;
  }

  @Override
  public List<CachedInstrument> inOrder() {
    return index.inOrder();
  }

  /**
   * After a sample, writes the panes of windows that have ended with it, which are those of some
   * instruments, and some of the books that changed, so that less is left for a checkpoint.
   */
  void writeSome() throws Exception {
    for (CachedInstrument cached : inOrder()) {
      if (cached.state.windows().haveEndedPanes()) {
        tables.writeEndedPanes(cached.state);
      }
    }
    for (int looks = inOrder().size() / BOOKS_A_LOOK; looks > 0; looks--) {
      CachedInstrument next = next();
      if (!next.recentlyUsed) {
        writeBook(next);
      }
      next.recentlyUsed = false;
    }
  }

  private void account(CachedInstrument used) throws IOException {
    setBytes(used, used.book.heapBytes());
    // Whatever round it is, the second finds a book that was not used since the first.
    for (int looks = 2 * inOrder().size();
        bookBytes > settings.cacheBytes() && looks > 0;
        looks--) {
      CachedInstrument next = next();
      if (next != used && !next.recentlyUsed && next.book != null) {
        writeBook(next);
        next.book = null;
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
    hand = hand + 1 < inOrder().size() ? hand + 1 : 0;
    return inOrder().get(hand);
  }

  private void writeBook(CachedInstrument cached) throws IOException {
    if (cached.bookChanged) {
      try {
        tables.writeBook(cached.state.instrument(), cached.book);
      } catch (Exception e) {
        throw unusable(cached, e);
      }
      cached.bookChanged = false;
    }
  }

  @Override
  public void forgetBefore(long completeUs) throws IOException {
    for (CachedInstrument forgotten : index.removeForgotten(completeUs)) {
      setBytes(forgotten, 0);
      try {
        tables.delete(forgotten.state.instrument().id());
      } catch (Exception e) {
        throw unusable(forgotten, e);
      }
    }
  }

  private static IOException unusable(CachedInstrument cached, Exception e) {
    return e instanceof IOException told
        ? told
        : new IOException("the state of " + cached.state.instrument().id() + " fails", e);
  }

  /** Writes what changed since the last call. */
  void flush() throws Exception {
    for (CachedInstrument cached : inOrder()) {
      writeBook(cached);
      if (cached.changed) {
        tables.write(cached.state);
        cached.changed = false;
      }
    }
  }

  /** An instrument in memory, and how its stored form differs. */
  private final class CachedInstrument implements KeptInstrument {
    private final InstrumentState state;

    /** Null while it is not in memory. */
    private OrderBook book;

    /** The book has had no message: nothing is stored of it. */
    private boolean bookIsNew;

    /** Anything but the book is not as stored. */
    private boolean changed;

    /** The book is not as stored. */
    private boolean bookChanged;

    /** The book was used since the cache looked at it last. */
    private boolean recentlyUsed;

    /** Memory that the book takes, bytes. */
    private long bookBytes;

    CachedInstrument(InstrumentState state) {
      this.state = state;
    }

    @Override
    public InstrumentState state() {
      return state;
    }

    @Override
    public InstrumentState stateToChange() {
      changed = true;
      return state;
    }

    @Override
    public void changeBook(BookUpdate update, BookChange change) throws IOException {
      needBook();
      change.apply(state, book, update);
      changed = true;
      bookChanged = true;
      account(this);
    }

    @Override
    public void readBook(BookReader reader) throws IOException {
      needBook();
      changed = true;
      reader.read(state, book);
    }

    private void needBook() throws IOException {
      recentlyUsed = true;
      if (bookIsNew) {
        book = new OrderBook(settings.book());
        bookIsNew = false;
      }
      if (book == null) {
        loads.inc();
        try {
          book = tables.readBook(state.instrument());
        } catch (Exception e) {
          throw unusable(this, e);
        }
        account(this);
      }
    }
  }
}
