package io.streamforge.marketgraph;

import io.streamforge.engine.ReferenceRates;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.time.SampleSweep;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Brings samples whose quote's rate is the mid of another instrument into the reference currency:
 * each waits until the watermark says that all of its time are here, and is then published at the
 * mid as of that time, or without a rate where there is none. All other samples pass. The first
 * input is the samples, the second those of the instruments of rates, broadcast.
 *
 * <p>Every subtask has heard the same rates when a checkpoint's barrier has come on all channels,
 * so that after a rescale a sample may wait in any of them. Samples of one time are in no order.
 */
final class ReferenceRatesOperator extends AbstractStreamOperator<SymbolSample>
    implements TwoInputStreamOperator<SymbolSample, SymbolSample, SymbolSample> {
  private static final long serialVersionUID = 1;

  private static final ListStateDescriptor<SymbolSample> WAITING =
      new ListStateDescriptor<>("waiting", new SymbolSampleSerializer());
  private static final MapStateDescriptor<Tuple2<String, Long>, Double> RATES =
      new MapStateDescriptor<>("rates", Types.TUPLE(Types.STRING, Types.LONG), Types.DOUBLE);

  private final InstrumentRegistry registry;

  private transient ReferenceRates engine;
  private transient ListState<SymbolSample> waiting;

  /** Reference units for one base unit, by instrument and sample. */
  private transient BroadcastState<Tuple2<String, Long>, Double> rates;

  ReferenceRatesOperator(InstrumentRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    waiting = context.getOperatorStateStore().getListState(WAITING);
    rates = context.getOperatorStateStore().getBroadcastState(RATES);
    engine = new ReferenceRates(registry);
    waiting.get().forEach(engine::await);
    rates
        .immutableEntries()
        .forEach(rate -> engine.put(rate.getKey().f0, rate.getKey().f1, rate.getValue()));
  }

  @Override
  public void processElement1(StreamRecord<SymbolSample> element) {
    SymbolSample sample = element.getValue();
    if (engine.isNeededBy(sample)) {
      engine.await(sample);
    } else {
      output.collect(element);
    }
  }

  @Override
  public void processElement2(StreamRecord<SymbolSample> element) {
    engine.put(element.getValue());
  }

  /** The smaller of both inputs' watermarks. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    SampleSweep.at(
        mark.getTimestamp(), completeUs -> engine.completeUntil(completeUs, this::publish));
    super.processWatermark(mark);
  }

  private void publish(SymbolSample sample) {
    output.collect(new StreamRecord<>(sample, SampleSweep.timestampMs(sample.timeUs())));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    waiting.update(engine.waiting());
    rates.clear();
    rates.putAll(ratesByKey());
  }

  private Map<Tuple2<String, Long>, Double> ratesByKey() {
    Map<Tuple2<String, Long>, Double> byKey = new HashMap<>();
    engine.forEachRate(
        (sampleUs, ofSample) ->
            ofSample.forEach((id, rate) -> byKey.put(Tuple2.of(id, sampleUs), rate)));
    return byKey;
  }
}
