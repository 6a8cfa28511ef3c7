package io.streamforge.engine;

import io.streamforge.instrument.Incident;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Instrument;

/** Takes what a {@link MarketEngine} publishes. */
public interface MarketListener {

  /** An instrument samples: times do not run backwards, and those of a time come in order of id. */
  void sample(SymbolSample sample);

  /** The feed of an instrument is to send a snapshot of its book. */
  void resync(Instrument instrument, Incident incident, long sampleUs);

  /** The samples until here are out: none of them is to come. */
  void samplesUntil(long sampleUs);
}
