package io.streamforge.engine;

import io.streamforge.market.Instrument;
import java.io.IOException;
import java.util.List;

/** Where the instruments of a {@link MarketEngine} live. For one thread. */
public interface InstrumentHome {

  /** An instrument, new if it is not known. */
  KeptInstrument get(Instrument instrument);

  /** Whether an instrument is known. */
  boolean has(Instrument instrument);

  /** All instruments, in the order of their ids' UTF-8 bytes. */
  List<? extends KeptInstrument> inOrder();

  /**
   * Forgets the instruments that are so old that nothing of them can show.
   *
   * @param completeUs all that happened before it is here
   */
  void forgetBefore(long completeUs) throws IOException;
}
