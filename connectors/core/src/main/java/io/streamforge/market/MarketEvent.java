package io.streamforge.market;

import io.streamforge.time.TimePolicy;

/** What happened on a market: a trade, or a change of its order book. */
public sealed interface MarketEvent permits Trade, BookUpdate {

  Instrument instrument();

  /** When it happened by the venue's clock, microseconds since the epoch. */
  long eventTimeUs();

  /** When it counts: {@link TimePolicy#effectiveTimeUs}, microseconds since the epoch. */
  long effectiveTimeUs();

  /** Where it stands in its topic; null unless somebody wants it. */
  Origin origin();

  /** The same event, and where it came from. */
  MarketEvent from(Origin cameFrom);
}
