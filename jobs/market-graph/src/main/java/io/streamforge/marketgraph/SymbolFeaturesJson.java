package io.streamforge.marketgraph;

import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.record.CanonicalJson;
import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes samples as records {@code symbol-features/1}. */
public final class SymbolFeaturesJson extends RichMapFunction<SymbolSample, OutputRecord> {
  private static final long serialVersionUID = 1;

  private final long intervalUs;

  private transient CanonicalJson json;

  public SymbolFeaturesJson(long intervalUs) {
    this.intervalUs = intervalUs;
  }

  @Override
  public void open(OpenContext context) {
    json = new CanonicalJson();
  }

  @Override
  public OutputRecord map(SymbolSample sample) {
    String id = sample.instrument().id();
    json.startObject();
    json.name("schema").string("symbol-features/1");
    json.name("instrument").string(id);
    json.name("time_us").number(sample.timeUs());
    json.name("interval_us").number(intervalUs);
    json.name("book").string(sample.status().text());
    json.name("sequence");
    if (sample.sequence() == BookUpdate.NO_SEQUENCE) {
      json.nothing();
    } else {
      json.number(sample.sequence());
    }
    json.name("features").startObject();
    for (int i = 0; i < sample.features().length; i++) {
      json.name(NodeFeatures.NAMES.get(i)).number(sample.features()[i]);
    }
    json.endObject();
    json.endObject();
    return new OutputRecord(
        id.getBytes(StandardCharsets.UTF_8), json.toBytes(), sample.timeUs() / 1000, Map.of());
  }
}
