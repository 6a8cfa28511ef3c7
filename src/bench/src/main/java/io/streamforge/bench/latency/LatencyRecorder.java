package io.streamforge.bench.latency;

import io.streamforge.record.MarketEventRecord;
import io.streamforge.testkit.feed.Schedule;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.time.SampleGrid;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/** Latencies of the samples that count, from the intended send times of a schedule. */
final class LatencyRecorder {
  private record SymbolSample(String instrument, long sampleUs) {}

  private final long fromUs;
  private final long toUs;
  private volatile long newestGraphUs = Long.MIN_VALUE;
  private final SampleCompletions completions;
  private final Map<SymbolSample, List<Long>> bookMessages = new HashMap<>();

  /** From the record that completes a sample to its graph. */
  final Histogram graph = new Histogram(3);

  /** From a sample's time to its graph. */
  final Histogram graphAge = new Histogram(3);

  /** From the record that completes a sample to the features of each instrument. */
  final Histogram symbol = new Histogram(3);

  /** From a message about a book to the features of its sample, the rest of the sample included. */
  final Histogram bookMessage = new Histogram(3);

  /** From a message to its market event. */
  final Histogram event = new Histogram(3);

  /**
   * @param fromUs the last sample that does not count
   * @param toUs the last that does
   */
  LatencyRecorder(Schedule schedule, TimePolicy time, long intervalUs, long fromUs, long toUs) {
    this.fromUs = fromUs;
    this.toUs = toUs;
    this.completions = new SampleCompletions(schedule, time, intervalUs);
    for (RawRecord message : schedule.messages()) {
      long sentUs = message.receiveTimeUs();
      long eventUs = time.effectiveTimeUs(GeneratedMarket.eventTimeUs(sentUs), sentUs);
      long sampleUs = SampleGrid.after(eventUs, intervalUs);
      if (counts(sampleUs) && message.topic().equals("raw-orderbooks")) {
        String instrument = message.venue() + ":" + message.keyText();
        bookMessages
            .computeIfAbsent(new SymbolSample(instrument, sampleUs), key -> new ArrayList<>())
            .add(sentUs);
      }
    }
  }

  private boolean counts(long sampleUs) {
    return sampleUs > fromUs && sampleUs <= toUs;
  }

  /** The sample of the newest graph that has been read. */
  long newestGraphUs() {
    return newestGraphUs;
  }

  /** A graph has been read; a repeat does not count. */
  void graph(long sampleUs, long readUs) {
    if (sampleUs <= newestGraphUs) {
      return;
    }
    newestGraphUs = sampleUs;
    if (counts(sampleUs)) {
      record(graphAge, readUs - sampleUs);
      sinceCompletion(graph, sampleUs, readUs);
    }
  }

  /** The features of an instrument have been read. */
  void symbol(String instrument, long sampleUs, long readUs) {
    if (counts(sampleUs)) {
      sinceCompletion(symbol, sampleUs, readUs);
      List<Long> sentUs = bookMessages.remove(new SymbolSample(instrument, sampleUs));
      if (sentUs != null) { // else it had trades alone, or this is a repeat
        sentUs.forEach(each -> record(bookMessage, readUs - each));
      }
    }
  }

  /** A market event has been read. */
  void event(byte[] value, long readUs) {
    try {
      long sentUs = MarketEventRecord.read(value).receiveTimeUs();
      if (counts(sentUs)) {
        record(event, readUs - sentUs);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Where the idle timeout let a sample go before all partitions had a record, nothing completed
  // it.
  private void sinceCompletion(Histogram histogram, long sampleUs, long readUs) {
    OptionalLong completedUs = completions.completedUs(sampleUs);
    if (completedUs.isPresent() && completedUs.getAsLong() <= readUs) {
      record(histogram, readUs - completedUs.getAsLong());
    }
  }

  // A closed loop may run ahead of the clock; its latencies say nothing.
  private static void record(Histogram histogram, long us) {
    histogram.recordValue(Math.max(0, us));
  }
}
