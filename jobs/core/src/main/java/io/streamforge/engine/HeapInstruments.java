package io.streamforge.engine;

import io.streamforge.book.OrderBook;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.InstrumentState;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.window.HeapPages;
import java.io.IOException;
import java.util.List;

/** Instruments that live on the heap, as long as the process. */
public final class HeapInstruments implements InstrumentHome {
  private final InstrumentSettings settings;
  private final InstrumentIndex<Resident> index = new InstrumentIndex<>();

  public HeapInstruments(InstrumentSettings settings) {
    this.settings = settings;
  }

  @Override
  public KeptInstrument get(Instrument instrument) {
    Resident resident = index.get(instrument);
    if (resident == null) {
      resident = new Resident(new InstrumentState(instrument, settings, new HeapPages()));
      index.add(resident);
    }
    return resident;
  }

  @Override
  public boolean has(Instrument instrument) {
    return index.get(instrument) != null;
  }

  @Override
  public List<? extends KeptInstrument> inOrder() {
    return index.inOrder();
  }

  @Override
  public void forgetBefore(long completeUs) {
    index.removeForgotten(completeUs);
  }

  /** Nothing has to be said of what changes: there is no other copy. */
  private final class Resident implements KeptInstrument {
    private final InstrumentState state;

    /** Null before its first message. */
    private OrderBook book;

    Resident(InstrumentState state) {
      this.state = state;
    }

    @Override
    public InstrumentState state() {
      return state;
    }

    @Override
    public InstrumentState stateToChange() {
      return state;
    }

    @Override
    public void changeBook(BookUpdate update, BookChange change) throws IOException {
      change.apply(state, book(), update);
    }

    @Override
    public void readBook(BookReader reader) throws IOException {
      reader.read(state, book());
    }

    private OrderBook book() {
      if (book == null) {
        book = new OrderBook(settings.book());
      }
      return book;
    }
  }
}
