package io.streamforge.marketgraph;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.time.SampleGrid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which samples the events of a log give, as far as their times alone tell: the last, and the
 * instruments that have one then. A notice, as that a feed has lost its connection, is none of a
 * book of which there has been no message.
 */
public final class ExpectedSamples {
  private final long intervalUs;
  private final long idleAfterUs;

  /** When each instrument was heard of last. */
  private final Map<Instrument, Long> heardUs = new HashMap<>();

  /** Those of whose books there has been a message. */
  private final Set<Instrument> withBooks = new HashSet<>();

  private long newestUs = Long.MIN_VALUE;

  /**
   * @param intervalUs time between two samples
   * @param idleAfterUs how long after its last event an instrument samples
   */
  public ExpectedSamples(long intervalUs, long idleAfterUs) {
    this.intervalUs = intervalUs;
    this.idleAfterUs = idleAfterUs;
  }

  /** Takes the next event of the log. */
  public void add(MarketEvent event) {
    long timeUs = event.effectiveTimeUs();
    if (event instanceof BookUpdate update) {
      if (update.isNotice() && !withBooks.contains(update.instrument())) {
        return;
      }
      withBooks.add(update.instrument());
    }
    heardUs.merge(event.instrument(), timeUs, Math::max);
    newestUs = Math.max(newestUs, timeUs);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return newestUs == Long.MIN_VALUE;
  }

  /**
   * The sample that holds the newest effective time, microseconds since the epoch: the last that
   * can be published; {@link Long#MIN_VALUE} if there is none.
   */
  public long lastUs() {
    return isEmpty() ? Long.MIN_VALUE : SampleGrid.after(newestUs, intervalUs);
  }

  /** Ids of the instruments that were heard of so late that they have the last sample. */
  public Set<String> instrumentsOfLast() {
    return heardUs.entrySet().stream()
        .filter(instrument -> instrument.getValue() >= lastUs() - idleAfterUs)
        .map(instrument -> instrument.getKey().id())
        .collect(Collectors.toSet());
  }
}
