package io.streamforge.bench.under;

import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.MarketEvent;
import io.streamforge.marketgraph.InstrumentsOperator;
import io.streamforge.marketgraph.Settings;
import java.util.Map;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * The job's own operator as its graph makes it, for the benchmarks: in its package, so that it need
 * not be public for their sake.
 */
public final class InstrumentsUnderBench {
  private final Settings settings;

  /**
   * @param settings of the job, as in {@code --set}; what is not given has its default
   */
  public InstrumentsUnderBench(Map<String, String> settings) {
    this.settings = new Settings(settings);
  }

  /** A new operator, keyed by instrument id. */
  public OneInputStreamOperator<MarketEvent, SymbolSample> operator() {
    return new InstrumentsOperator(settings.instruments());
  }
}
