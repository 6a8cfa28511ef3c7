package io.streamforge.engine;

import io.streamforge.book.BookLimits;
import io.streamforge.instrument.Incident;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.MessageDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Raw records through decoder and engine, as one partition would bring them, and the snapshots that
 * the engine asks for because it knows too little of a live book.
 */
final class RecordedMarket implements MarketListener {
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);

  private final MessageDecoder decoder = new MessageDecoder(TIME, 1 << 23);
  private final MarketEngine engine =
      new MarketEngine(1_000_000, new HeapInstruments(settings()), this);
  private final AnsweringVenue venue;
  private final List<SymbolSample> samples = new ArrayList<>();

  /**
   * @param venue that is asked for snapshots; null for none
   */
  RecordedMarket(AnsweringVenue venue) {
    this.venue = venue;
  }

  static InstrumentSettings settings() {
    return new InstrumentSettings(
        1_000_000,
        300_000_000,
        604_800_000_000L,
        60_000_000,
        Map.of(),
        new BookLimits(100_000, 1000, 60_000_000),
        30_000_000,
        5_000_000,
        256 << 20,
        InstrumentRegistry.EMPTY);
  }

  void accept(RawRecord record) throws Exception {
    for (MarketEvent event :
        decoder.decode(record.venue(), record.keyText(), record.value(), record.receiveTimeUs())) {
      if (venue != null && event instanceof BookUpdate update) {
        BookUpdate answer = venue.answerBefore(update);
        if (answer != null) {
          engine.accept(answer);
        }
      }
      engine.accept(event);
    }
    engine.completeUntil(TIME.completeUntilUs(record.receiveTimeUs()));
  }

  /** Those that are complete, in order. */
  List<SymbolSample> samples() {
    return samples;
  }

  @Override
  public void sample(SymbolSample sample) {
    samples.add(sample);
  }

  @Override
  public void resync(Instrument instrument, Incident incident, long sampleUs) {
    if (venue != null && incident.reason() == Incident.Reason.SHALLOW) {
      venue.ask();
    }
  }

  @Override
  public void samplesUntil(long sampleUs) {}
}
