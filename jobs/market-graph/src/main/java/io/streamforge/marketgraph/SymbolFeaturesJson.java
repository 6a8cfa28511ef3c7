package io.streamforge.marketgraph;

import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.record.SymbolFeaturesWriter;
import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Samples as records of {@code symbol-features}. */
public final class SymbolFeaturesJson extends RichMapFunction<SymbolSample, OutputRecord> {
  private static final long serialVersionUID = 1;

  private final long intervalUs;

  private transient SymbolFeaturesWriter writer;

  public SymbolFeaturesJson(long intervalUs) {
    this.intervalUs = intervalUs;
  }

  @Override
  public void open(OpenContext context) {
    writer = new SymbolFeaturesWriter(NodeFeatures.NAMES, intervalUs);
  }

  @Override
  public OutputRecord map(SymbolSample sample) {
    String id = sample.instrument().id();
    byte[] value =
        writer.write(
            id, sample.timeUs(), sample.status().text(), sample.sequence(), sample.features());
    return new OutputRecord(
        id.getBytes(StandardCharsets.UTF_8), value, sample.timeUs() / 1000, Map.of());
  }
}
