package io.streamforge.bench.throughput.flink;

import io.streamforge.bench.load.SampleTime;
import io.streamforge.bench.throughput.core.BinanceMessage;
import io.streamforge.bench.throughput.core.BookView;
import io.streamforge.bench.throughput.core.CoreInstrument;
import io.streamforge.bench.throughput.core.CoreSample;
import io.streamforge.bench.throughput.core.CoreStore;
import io.streamforge.bench.throughput.core.TradeSums;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Keeps an instrument in keyed state; an event-time timer a second publishes it. */
final class CoreFunction extends KeyedProcessFunction<String, BinanceMessage, CoreSample> {
  private static final long serialVersionUID = 1;

  private transient ValueState<CoreInstrument> instruments;
  private transient CoreStore store;

  @Override
  public void open(OpenContext context) {
    instruments =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("instrument", Types.POJO(CoreInstrument.class)));
    store =
        new CoreStore(
            map("bids", Types.LONG),
            map("asks", Types.LONG),
            map("deferred", Types.POJO(BinanceMessage.class)),
            map("trades", Types.POJO(TradeSums.class)),
            map("views", Types.POJO(BookView.class)));
  }

  private <T> StateTable<T> map(String name, TypeInformation<T> type) {
    return new StateTable<>(
        getRuntimeContext().getMapState(new MapStateDescriptor<>(name, Types.LONG, type)));
  }

  @Override
  public void processElement(BinanceMessage message, Context context, Collector<CoreSample> out)
      throws Exception {
    long sampleUs;
    if (message.trade()) {
      sampleUs = CoreInstrument.trade(message, store);
    } else {
      CoreInstrument instrument = instrument();
      sampleUs = instrument.book(message, store);
      instruments.update(instrument);
    }
    if (sampleUs != CoreInstrument.NEVER) {
      setTimer(sampleUs, context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CoreSample> out)
      throws Exception {
    long sampleUs = (timestamp + 1) * 1000;
    CoreInstrument instrument = instrument();
    CoreSample sample = instrument.sample(context.getCurrentKey(), sampleUs, store);
    if (sample != null) {
      out.collect(sample);
    }
    if (instrument.samplesAt(sampleUs + SampleTime.INTERVAL_US)) {
      setTimer(sampleUs + SampleTime.INTERVAL_US, context);
    }
    instruments.update(instrument);
  }

  private CoreInstrument instrument() throws Exception {
    CoreInstrument instrument = instruments.value();
    return instrument == null ? new CoreInstrument() : instrument;
  }

  // Before the sample, so that what is received with the sample's own time is not waited for.
  private static void setTimer(long sampleUs, Context context) {
    context.timerService().registerEventTimeTimer(sampleUs / 1000 - 1);
  }
}
