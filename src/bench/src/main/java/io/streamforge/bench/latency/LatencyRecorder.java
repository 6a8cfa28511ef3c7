package io.streamforge.bench.latency;

import io.streamforge.bench.market.GeneratedMarket;
import io.streamforge.kafka.RawRecord;
import io.streamforge.market.Ticks;
import io.streamforge.market.TimePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/** Latencies of the ticks that count, from the intended send times of a schedule. */
final class LatencyRecorder {
  private record SymbolTick(String instrument, long tickUs) {}

  private final long fromUs;
  private final long toUs;
  private final TickCompletions completions;
  private final Map<SymbolTick, List<Long>> bookMessages = new HashMap<>();
  private final Histogram graph = new Histogram(3);
  private final Histogram graphAge = new Histogram(3);
  private final Histogram symbol = new Histogram(3);
  private final Histogram bookMessage = new Histogram(3);

  /**
   * @param fromUs the last tick that does not count
   * @param toUs the last that does
   */
  LatencyRecorder(Schedule schedule, TimePolicy time, long intervalUs, long fromUs, long toUs) {
    this.fromUs = fromUs;
    this.toUs = toUs;
    this.completions = new TickCompletions(schedule, time, intervalUs);
    for (RawRecord message : schedule.messages()) {
      long sentUs = message.receiveTimeUs();
      long eventUs = time.effectiveTimeUs(GeneratedMarket.eventTimeUs(sentUs), sentUs);
      long tickUs = Ticks.after(eventUs, intervalUs);
      if (counts(tickUs) && message.topic().equals("raw-orderbooks")) {
        String instrument = message.venue() + ":" + message.keyText();
        bookMessages
            .computeIfAbsent(new SymbolTick(instrument, tickUs), key -> new ArrayList<>())
            .add(sentUs);
      }
    }
  }

  private boolean counts(long tickUs) {
    return tickUs > fromUs && tickUs <= toUs;
  }

  /** A graph has been read. */
  void graph(long tickUs, long readUs) {
    if (counts(tickUs)) {
      record(graphAge, readUs - tickUs);
      sinceCompletion(graph, tickUs, readUs);
    }
  }

  /** The features of an instrument have been read. */
  void symbol(String instrument, long tickUs, long readUs) {
    if (counts(tickUs)) {
      sinceCompletion(symbol, tickUs, readUs);
      List<Long> sentUs = bookMessages.remove(new SymbolTick(instrument, tickUs));
      if (sentUs != null) { // else it had trades alone, or this is a repeat
        sentUs.forEach(each -> record(bookMessage, readUs - each));
      }
    }
  }

  // Where the idle timeout let a tick go before all partitions had a record, nothing completed it.
  private void sinceCompletion(Histogram histogram, long tickUs, long readUs) {
    OptionalLong completedUs = completions.completedUs(tickUs);
    if (completedUs.isPresent() && completedUs.getAsLong() <= readUs) {
      record(histogram, readUs - completedUs.getAsLong());
    }
  }

  // A closed loop may run ahead of the clock; its latencies say nothing.
  private static void record(Histogram histogram, long us) {
    histogram.recordValue(Math.max(0, us));
  }

  /** From the record that completes a tick to its graph. */
  Percentiles graph() {
    return Percentiles.of(graph);
  }

  /** From a tick's time to its graph. */
  Percentiles graphAge() {
    return Percentiles.of(graphAge);
  }

  /** From the record that completes a tick to the features of each instrument. */
  Percentiles symbol() {
    return Percentiles.of(symbol);
  }

  /** From a message about a book to the features of its tick, the rest of the tick included. */
  Percentiles bookMessage() {
    return Percentiles.of(bookMessage);
  }
}
