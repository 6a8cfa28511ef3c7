package io.streamforge.record;

import java.util.HashMap;
import java.util.Map;

/**
 * Tells a reader of {@code market-events} which records are repeats: after a failure the job sends
 * what it cannot know to have been read. It remembers one place a log of an instrument. For one
 * thread.
 */
public final class MarketEventGate {
  private record Log(String instrument, String topic, int partition) {}

  private final Map<Log, MarketEventOrigin> newest = new HashMap<>();

  /**
   * Whether the next record that is read is no repeat. One that tells a loss never is; the log may
   * count from 0 again behind it.
   */
  public boolean admits(MarketEventOrigin origin) {
    Log log = new Log(origin.instrument(), origin.topic(), origin.partition());
    if (origin.n() < 0) {
      newest.remove(log);
      return true;
    }
    MarketEventOrigin before = newest.get(log);
    if (before != null && MarketEventOrigin.IN_THE_LOG.compare(origin, before) <= 0) {
      return false;
    }
    newest.put(log, origin);
    return true;
  }
}
