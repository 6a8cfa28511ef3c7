package io.streamforge.job;

import io.streamforge.graph.GraphJson;
import io.streamforge.graph.GraphSettings;
import io.streamforge.graph.Node;
import io.streamforge.graph.Utf8Order;
import io.streamforge.kafka.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Makes one record of all instruments' ticks of a time, when the watermark says that they are all
 * here. Keyed by graph.
 */
final class GraphOperator extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<SymbolTick, OutputRecord> {
  private static final long serialVersionUID = 1;

  private final GraphSettings settings;

  private transient GraphStore store;
  private transient GraphJson json;
  private transient byte[] key;
  private transient Counter behindWatermark;

  GraphOperator(GraphSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open() throws Exception {
    super.open();
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    store = new GraphStore(backend, settings);
    json = new GraphJson(NodeFeatures.X_NAMES);
    key = settings.name().getBytes(StandardCharsets.UTF_8);
    getMetricGroup().gauge("clamped_returns", () -> store.graph().clampedReturns());
    behindWatermark = getMetricGroup().counter("ticks_behind_watermark");
  }

  @Override
  public void processElement(StreamRecord<SymbolTick> element) {
    if (element.getValue().timeUs() > store.graph().timeUs()) {
      store.add(element.getValue());
    } else {
      behindWatermark.inc(); // the graph of that time is out: it is not said anew
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      long completeUs = (mark.getTimestamp() + 1) * 1000;
      for (Map.Entry<Long, List<SymbolTick>> ready = store.pollUntil(completeUs);
          ready != null;
          ready = store.pollUntil(completeUs)) {
        publish(ready.getKey(), ready.getValue());
      }
    }
    super.processWatermark(mark);
  }

  private void publish(long timeUs, List<SymbolTick> ticks) {
    List<Node> nodes =
        ticks.stream()
            .map(GraphOperator::node)
            .sorted(Comparator.comparing(Node::id, Utf8Order.INSTANCE))
            .toList();
    byte[] value = json.write(store.graph().tick(timeUs, nodes));
    output.collect(
        new StreamRecord<>(
            new OutputRecord(key, value, timeUs / 1000, Map.of()), timeUs / 1000 - 1));
  }

  private static Node node(SymbolTick tick) {
    return new Node(
        tick.instrument().id(),
        tick.status(),
        tick.mid(),
        tick.logReturn(),
        NodeFeatures.x(tick.features()),
        tick.changes());
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    store.flush();
  }
}
