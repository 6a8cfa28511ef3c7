package io.streamforge.marketgraph;

import io.streamforge.instrument.SymbolSample;
import io.streamforge.topic.OutputRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** {@link SymbolRecords} as a step of the job. */
public final class SymbolFeaturesJson extends RichMapFunction<SymbolSample, OutputRecord> {
  private static final long serialVersionUID = 1;

  private final long intervalUs;

  private transient SymbolRecords records;

  public SymbolFeaturesJson(long intervalUs) {
    this.intervalUs = intervalUs;
  }

  @Override
  public void open(OpenContext context) {
    records = new SymbolRecords(intervalUs);
  }

  @Override
  public OutputRecord map(SymbolSample sample) {
    return records.of(sample);
  }
}
