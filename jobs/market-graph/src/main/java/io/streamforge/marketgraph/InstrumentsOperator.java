package io.streamforge.marketgraph;

import io.streamforge.book.Outcome;
import io.streamforge.flow.SeenTrades;
import io.streamforge.instrument.CachedInstrument;
import io.streamforge.instrument.Incident;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.InstrumentState;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.kafka.OutputRecordSerializer;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import io.streamforge.state.SerializerTypeInformation;
import io.streamforge.time.SampleGrid;
import io.streamforge.topic.OutputRecord;
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
 * Keeps every instrument's book, flow and volatility, and publishes them at each sample. There is
 * no timer: a watermark sweeps the samples that it completes, in order, each over its instruments
 * in order, and is then sent on. Keyed by instrument id.
 */
public final class InstrumentsOperator extends AbstractStreamOperator<SymbolSample>
    implements OneInputStreamOperator<MarketEvent, SymbolSample> {
  private static final long serialVersionUID = 1;

  /** Requests for snapshots. */
  static final OutputTag<OutputRecord> RESYNCS =
      new OutputTag<>(
          "book-resync",
          new SerializerTypeInformation<>(OutputRecord.class, new OutputRecordSerializer()));

  private final InstrumentSettings settings;

  private transient InstrumentStore store;
  private transient BookResync resync;
  private transient long sweptUs;
  private transient BookStatusCounts statuses;
  private transient Counter behindWatermark;
  private transient Counter gaps;
  private transient Counter checksumFailures;
  private transient Counter ignoredSnapshots;
  private transient Counter resyncs;
  private transient Counter dropped;
  private transient Counter duplicateTrades;
  private transient Counter skippedTradeIds;

  public InstrumentsOperator(InstrumentSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open() throws Exception {
    super.open();
    MetricGroup metrics = getMetricGroup();
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    store = new InstrumentStore(new InstrumentTables(backend, settings), settings, metrics);
    resync = new BookResync();
    sweptUs = Long.MIN_VALUE;
    for (CachedInstrument cached : store.all()) {
      sweptUs = Math.max(sweptUs, cached.state.publishedUs());
    }
    statuses = new BookStatusCounts(metrics);
    behindWatermark = metrics.counter("records_behind_watermark");
    gaps = metrics.counter("book_gaps");
    checksumFailures = metrics.counter("checksum_failures");
    ignoredSnapshots = metrics.counter("snapshots_ignored");
    resyncs = metrics.counter("book_resyncs");
    dropped = metrics.counter("buffered_messages_dropped");
    duplicateTrades = metrics.counter("duplicate_trades");
    skippedTradeIds = metrics.counter("trade_ids_skipped");
  }

  @Override
  public void processElement(StreamRecord<MarketEvent> element) throws Exception {
    MarketEvent event = element.getValue();
    CachedInstrument cached = store.get(event.instrument());
    long effectiveUs = event.effectiveTimeUs();
    if (effectiveUs < sweptUs) {
      behindWatermark.inc();
      effectiveUs = sweptUs;
    }
    if (event instanceof BookUpdate update) {
      store.needBook(cached);
      count(cached.state.accept(update, effectiveUs));
      dropped.inc(cached.state.book().book().takeDropped());
      store.bookChanged(cached);
    } else if (event instanceof Trade trade) {
      count(cached.state.accept(trade, effectiveUs));
      cached.changed = true;
    }
  }

  private void count(long skippedIds) {
    if (skippedIds == SeenTrades.DUPLICATE) {
      duplicateTrades.inc();
    } else {
      skippedTradeIds.inc(skippedIds);
    }
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case GAP -> gaps.inc();
      case CHECKSUM_MISMATCH -> checksumFailures.inc();
      case SNAPSHOT_IGNORED -> ignoredSnapshots.inc();
      default -> {}
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      sweep((mark.getTimestamp() + 1) * 1000);
    }
    super.processWatermark(mark);
    store.writeSome();
  }

  /**
   * Says nothing of a pause. All subtasks have the same sources and pause together, so nobody needs
   * to go on without one; told of it, the graph would go on without the subtask that wakes last.
   */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) {}

  /**
   * Publishes every unpublished sample up to {@code completeUs}: all that happened before it is
   * here.
   */
  private void sweep(long completeUs) throws Exception {
    long lastUs = SampleGrid.until(completeUs, settings.intervalUs());
    for (long sampleUs = nextSampleUs(); sampleUs <= lastUs; sampleUs = nextSampleUs()) {
      for (CachedInstrument cached : store.all()) {
        if (cached.state.nextSampleUs() <= sampleUs) {
          publish(cached, sampleUs);
        }
      }
    }
    if (lastUs > sweptUs) {
      sweptUs = lastUs;
      statuses.publish(sweptUs);
      store.forgetBefore(sweptUs);
    }
  }

  private long nextSampleUs() {
    long next = Long.MAX_VALUE;
    for (CachedInstrument cached : store.all()) {
      next = Math.min(next, cached.state.nextSampleUs());
    }
    return next;
  }

  private void publish(CachedInstrument cached, long sampleUs) throws Exception {
    InstrumentState state = cached.state;
    if (state.book().needsBookFor(sampleUs)) {
      store.needBook(cached);
    }
    SymbolSample sample = state.sample(sampleUs);
    cached.changed = true;
    if (sample != null) {
      statuses.count(sampleUs, sample.status());
      // One below the sample, so that the watermark that completes it closes the next operator's
      // too.
      output.collect(new StreamRecord<>(sample, sampleUs / 1000 - 1));
      Incident incident = state.takeResync();
      if (incident != null) {
        resyncs.inc();
        OutputRecord request = resync.request(state.instrument(), incident, sampleUs);
        output.collect(RESYNCS, new StreamRecord<>(request, sampleUs / 1000 - 1));
      }
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    store.flush();
  }
}
