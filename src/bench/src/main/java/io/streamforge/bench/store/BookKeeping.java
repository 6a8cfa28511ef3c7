package io.streamforge.bench.store;

import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.MarketEvent;
import io.streamforge.marketgraph.InstrumentsOperator;
import io.streamforge.marketgraph.Settings;
import io.streamforge.runtime.FlinkPreferences;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * One way to keep books in a Flink operator that is keyed by instrument.
 *
 * @param flink Flink's configuration, as far as it concerns the state
 * @param operator a new one
 * @param mid what an output record says of the mid
 */
record BookKeeping<O>(
    String name,
    Configuration flink,
    Supplier<OneInputStreamOperator<MarketEvent, O>> operator,
    Function<O, MidSample> mid) {
  private static final long STALE_AFTER_US = 60_000_000; // book.stale-after's default

  /** {@link PlainBooks}. */
  static BookKeeping<MidSample> plain() {
    return new BookKeeping<>(
        "plain",
        new Configuration(),
        () -> new KeyedProcessOperator<>(new PlainBooks(STALE_AFTER_US)),
        Function.identity());
  }

  /** The job's own operator, which at each sample computes every feature as well. */
  static BookKeeping<SymbolSample> writeBack(Map<String, String> settings) {
    InstrumentSettings instruments = new Settings(settings).instruments();
    return new BookKeeping<>(
        "write-back",
        FlinkPreferences.over(new Configuration()),
        () -> new InstrumentsOperator(instruments),
        sample -> new MidSample(sample.instrument().id(), sample.timeUs(), sample.mid()));
  }
}
