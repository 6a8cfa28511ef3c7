package io.streamforge.engine;

import io.streamforge.book.BookAsOf;
import io.streamforge.book.BookLimits;
import io.streamforge.book.BookStatus;
import io.streamforge.instrument.Incident;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.testkit.simulated.SimulatedMessage;
import io.streamforge.time.TimePolicy;
import io.streamforge.wire.MessageDecoder;
import io.streamforge.wire.RecordDecoder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The product that reads a simulated log: decoder, engine and books. */
final class SimulatedLog implements MarketListener {
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);
  private static final ThreadLocal<RecordDecoder> DECODERS =
      ThreadLocal.withInitial(
          () -> new RecordDecoder(new MessageDecoder(TIME, 1 << 20), true, "raw-orderbooks"));
  private static final long SAMPLE_US = 2_000_000;
  private static final InstrumentSettings SETTINGS =
      new InstrumentSettings(
          SAMPLE_US,
          300_000_000,
          86_400_000_000L,
          60_000_000,
          Map.of(),
          new BookLimits(100_000, 1000, 60_000_000),
          2_000_000,
          0,
          1 << 20,
          InstrumentRegistry.EMPTY);

  private final UnaryOperator<BookUpdate> reading;
  private final Consumer<String> requests;
  private final HeapInstruments home = new HeapInstruments(SETTINGS);
  private final MarketEngine engine = new MarketEngine(SAMPLE_US, home, this);
  private final Map<Integer, Instrument> instruments = new HashMap<>();
  private BookStatus status = BookStatus.AWAITING_SNAPSHOT;
  private LiveTouch touch;
  private String flaw;
  private boolean passedOver;

  /**
   * @param reading what becomes of a message before a book takes it
   * @param requests takes the symbols whose snapshots are asked for
   */
  SimulatedLog(UnaryOperator<BookUpdate> reading, Consumer<String> requests) {
    this.reading = reading;
    this.requests = requests;
  }

  /** Reads the next record, and looks at the book that it is about. */
  void read(SimulatedMessage message) throws IOException {
    RecordDecoder decoder = DECODERS.get();
    List<MarketEvent> events = decoder.decode(message.record());
    flaw = decoder.flaw();
    long ignored = engine.count(MarketCount.SNAPSHOTS_IGNORED);
    for (MarketEvent event : events) {
      if (event instanceof BookUpdate update) {
        BookUpdate read = reading.apply(update);
        if (read != null) {
          if (read.levels() > 0) {
            instruments.putIfAbsent(message.book(), read.instrument());
          }
          engine.accept(read);
        }
      }
    }
    passedOver = engine.count(MarketCount.SNAPSHOTS_IGNORED) > ignored;
    engine.completeUntil(message.record().receiveTimeUs() - 600_000);
    look(instruments.get(message.book()));
  }

  private void look(Instrument instrument) throws IOException {
    status = BookStatus.AWAITING_SNAPSHOT;
    touch = null;
    if (instrument == null) {
      return;
    }
    home.get(instrument)
        .readBook(
            (state, book) -> {
              status = BookAsOf.isCrossed(book) ? BookStatus.CROSSED : book.status();
              touch = LiveTouch.of(book);
            });
  }

  /** Whether the book of the last record is live. */
  boolean live() {
    return status == BookStatus.LIVE;
  }

  BookStatus status() {
    return status;
  }

  LiveTouch touch() {
    return touch;
  }

  /** Whether the last record was a snapshot that a live book did not take. */
  boolean passedOver() {
    return passedOver;
  }

  /** Why the last record could not be read; null where it could. */
  String flaw() {
    return flaw;
  }

  @Override
  public void sample(SymbolSample sample) {
    // The book is looked at after each message.
  }

  @Override
  public void resync(Instrument instrument, Incident incident, long sampleUs) {
    requests.accept(instrument.symbol());
  }

  @Override
  public void samplesUntil(long sampleUs) {
    // Nothing waits for it.
  }
}
