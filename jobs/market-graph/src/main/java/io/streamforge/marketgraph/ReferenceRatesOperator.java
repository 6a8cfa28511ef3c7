package io.streamforge.marketgraph;

import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
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
  }

  @Override
  public void processElement1(StreamRecord<SymbolSample> element) throws Exception {
    SymbolSample sample = element.getValue();
    if (registry.of(sample.instrument()).hasFixedRate()) {
      output.collect(element);
    } else {
      waiting.add(sample);
    }
  }

  @Override
  public void processElement2(StreamRecord<SymbolSample> element) throws Exception {
    SymbolSample sample = element.getValue();
    InstrumentSpec spec = registry.of(sample.instrument());
    rates.put(
        Tuple2.of(sample.instrument().id(), sample.timeUs()), sample.mid() * spec.referenceRate());
  }

  /** The smaller of both inputs' watermarks. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      publish((mark.getTimestamp() + 1) * 1000);
    }
    super.processWatermark(mark);
  }

  /** Publishes the samples up to {@code completeUs}: all rates as of them are here. */
  private void publish(long completeUs) throws Exception {
    List<SymbolSample> later = new ArrayList<>();
    for (SymbolSample sample : waiting.get()) {
      if (sample.timeUs() <= completeUs) {
        output.collect(new StreamRecord<>(sample.at(rate(sample)), sample.timeUs() / 1000 - 1));
      } else {
        later.add(sample);
      }
    }
    waiting.update(later);
    Iterator<Map.Entry<Tuple2<String, Long>, Double>> known = rates.iterator();
    while (known.hasNext()) {
      if (known.next().getKey().f1 <= completeUs) {
        known.remove();
      }
    }
  }

  private double rate(SymbolSample sample) throws Exception {
    String rateFrom = registry.of(sample.instrument()).rateFrom();
    Double rate = rates.get(Tuple2.of(rateFrom, sample.timeUs()));
    return rate == null ? Double.NaN : rate;
  }
}
