package io.streamforge.job;

import io.streamforge.kafka.OutputRecord;
import io.streamforge.market.BookUpdate;
import io.streamforge.wire.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes ticks as records {@code symbol-features/1}. */
final class SymbolFeaturesJson extends RichMapFunction<SymbolTick, OutputRecord> {
  private static final long serialVersionUID = 1;

  private final long intervalUs;

  private transient CanonicalJson json;

  SymbolFeaturesJson(long intervalUs) {
    this.intervalUs = intervalUs;
  }

  @Override
  public void open(OpenContext context) {
    json = new CanonicalJson();
  }

  @Override
  public OutputRecord map(SymbolTick tick) {
    String id = tick.instrument().id();
    json.startObject();
    json.name("schema").string("symbol-features/1");
    json.name("instrument").string(id);
    json.name("time_us").number(tick.timeUs());
    json.name("interval_us").number(intervalUs);
    json.name("book").string(tick.status().text());
    json.name("sequence");
    if (tick.sequence() == BookUpdate.NO_SEQUENCE) {
      json.nothing();
    } else {
      json.number(tick.sequence());
    }
    json.name("features").startObject();
    for (int i = 0; i < tick.features().length; i++) {
      json.name(NodeFeatures.NAMES.get(i)).number(tick.features()[i]);
    }
    json.endObject();
    json.endObject();
    return new OutputRecord(
        id.getBytes(StandardCharsets.UTF_8), json.toBytes(), tick.timeUs() / 1000, Map.of());
  }
}
