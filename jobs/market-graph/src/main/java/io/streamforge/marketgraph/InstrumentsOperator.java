package io.streamforge.marketgraph;

import io.streamforge.engine.MarketCount;
import io.streamforge.engine.MarketEngine;
import io.streamforge.engine.MarketListener;
import io.streamforge.instrument.Incident;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.kafka.OutputRecordSerializer;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.state.SerializerTypeInformation;
import io.streamforge.time.SampleSweep;
import io.streamforge.topic.OutputRecord;
import java.io.IOException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * A {@link MarketEngine} over keyed state: keeps every instrument's book, flow and volatility, and
 * publishes them at each sample. There is no timer: a watermark sweeps the samples that it
 * completes, and is then sent on. Keyed by instrument id.
 */
public final class InstrumentsOperator extends AbstractStreamOperator<SymbolSample>
    implements OneInputStreamOperator<MarketEvent, SymbolSample> {
  private static final long serialVersionUID = 1;

  /** Requests for snapshots. */
  static final OutputTag<OutputRecord> RESYNCS =
      new OutputTag<>(
          "book-resync",
          new SerializerTypeInformation<>(OutputRecord.class, new OutputRecordSerializer()));

  /** Trades, and what books say as they change. */
  static final OutputTag<OutputRecord> MARKET_EVENTS =
      new OutputTag<>(
          "market-events",
          new SerializerTypeInformation<>(OutputRecord.class, new OutputRecordSerializer()));

  private final InstrumentSettings settings;
  private final MarketEvents.RawTopics topicsOfEvents;

  private transient InstrumentStore store;
  private transient MarketEngine engine;
  private transient Counter events;

  public InstrumentsOperator(InstrumentSettings settings) {
    this(settings, null);
  }

  /**
   * @param topicsOfEvents where those of {@link #MARKET_EVENTS} come from; null to send none
   */
  InstrumentsOperator(InstrumentSettings settings, MarketEvents.RawTopics topicsOfEvents) {
    this.settings = settings;
    this.topicsOfEvents = topicsOfEvents;
  }

  @Override
  public void open() throws Exception {
    super.open();
    MetricGroup metrics = getMetricGroup();
    events = metrics.counter("market_events");
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    store = new InstrumentStore(new InstrumentTables(backend, settings), settings, metrics);
    engine =
        new MarketEngine(
            settings.intervalUs(),
            store,
            new Published(new BookStatusCounts(metrics)),
            MarketEvents.of(topicsOfEvents, this::sendEvent));
    for (MarketCount count : MarketCount.values()) {
      metrics.counter(count.text(), new CountMetric(() -> engine.count(count)));
    }
  }

  @Override
  public void processElement(StreamRecord<MarketEvent> element) throws IOException {
    engine.accept(element.getValue());
  }

  private void sendEvent(OutputRecord event) {
    events.inc();
    output.collect(MARKET_EVENTS, new StreamRecord<>(event, event.timestampMs()));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    SampleSweep.at(mark.getTimestamp(), engine::completeUntil);
    super.processWatermark(mark);
    store.writeSome();
  }

  /**
   * Does not forward idleness. All subtasks read the same sources and become idle together. If
   * {@code graph} were told so, it would go on without the subtask that becomes active last.
   */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) {}

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    store.flush();
  }

  /** Sends on what the engine publishes. */
  private final class Published implements MarketListener {
    private final BookStatusCounts statuses;
    private final BookResync resync = new BookResync();

    Published(BookStatusCounts statuses) {
      this.statuses = statuses;
    }

    @Override
    public void sample(SymbolSample sample) {
      statuses.count(sample.timeUs(), sample.status());
      output.collect(new StreamRecord<>(sample, SampleSweep.timestampMs(sample.timeUs())));
    }

    @Override
    public void resync(Instrument instrument, Incident incident, long sampleUs) {
      OutputRecord request = resync.request(instrument, incident, sampleUs);
      output.collect(RESYNCS, new StreamRecord<>(request, SampleSweep.timestampMs(sampleUs)));
    }

    @Override
    public void samplesUntil(long sampleUs) {
      statuses.publish(sampleUs);
    }
  }
}
