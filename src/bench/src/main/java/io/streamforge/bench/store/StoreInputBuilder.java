package io.streamforge.bench.store;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects a {@link StoreInput} from the events of a market. */
final class StoreInputBuilder {
  private final List<BookUpdate> events = new ArrayList<>();
  private final BookUpdateBuilder copy = new BookUpdateBuilder();
  private final Set<Instrument> instruments = new HashSet<>();
  private final Set<Instrument> begun = new HashSet<>();
  private final Map<Instrument, List<BookUpdate>> early = new HashMap<>();
  private int measuredFrom;
  private long clockUs = Long.MIN_VALUE;

  /** The same market begins anew, with snapshots. */
  void beginAnew() {
    begun.clear();
    early.clear();
  }

  /**
   * Takes the next event, unless it is a trade. A delta that came before the book's snapshot stands
   * behind it.
   *
   * @param laterUs by how much later it is to happen, microseconds
   * @param higher by how much higher its sequence numbers are to be
   */
  void add(MarketEvent event, long laterUs, long higher) {
    if (!(event instanceof BookUpdate update)) {
      return;
    }
    Instrument instrument = update.instrument();
    if (update.snapshot()) {
      append(update, laterUs, higher);
      if (begun.add(instrument)) {
        early.getOrDefault(instrument, List.of()).forEach(e -> append(e, laterUs, higher));
      }
      if (instruments.add(instrument)) {
        measuredFrom = events.size();
      }
    } else if (begun.contains(instrument)) {
      append(update, laterUs, higher);
    } else {
      early.computeIfAbsent(instrument, i -> new ArrayList<>()).add(update);
    }
  }

  private void append(BookUpdate update, long laterUs, long higher) {
    // The venue's clocks differ by a few ms. One that never runs back lets a watermark follow it at
    // once, and a contestant do without a book of the past.
    clockUs = Math.max(clockUs, update.effectiveTimeUs() + laterUs);
    boolean asItIs = higher == 0 && clockUs == update.effectiveTimeUs();
    events.add(asItIs ? update : copy(update, clockUs, higher));
  }

  private BookUpdate copy(BookUpdate from, long timeUs, long higher) {
    copy.begin();
    if (from.snapshot()) {
      copy.snapshot(from.sequence() + higher).complete(from.bidsComplete(), from.asksComplete());
    } else {
      copy.delta(from.previousSequence() + higher, from.sequence() + higher);
    }
    for (int i = 0; i < from.levels(); i++) {
      copy.level(
          i < from.bids(),
          from.price(i),
          from.priceScale(),
          from.quantity(i),
          from.quantityScale());
    }
    return copy.build(from.instrument(), timeUs, timeUs);
  }

  StoreInput build(String name) {
    return new StoreInput(name, instruments.size(), events, measuredFrom);
  }
}
