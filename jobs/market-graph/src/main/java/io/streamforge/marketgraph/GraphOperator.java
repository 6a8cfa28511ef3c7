package io.streamforge.marketgraph;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphJson;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.kafka.PartitionSample;
import io.streamforge.market.Utf8Order;
import io.streamforge.time.SampleGrid;
import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Makes one record of all of a graph's instruments' samples of a time, when the watermark says that
 * they are all here. The first input is the samples, keyed by the graph's name; one subtask may
 * have several graphs. The second is what the partitions in had for each sample, broadcast: the
 * watermark of both says that it is here too.
 */
final class GraphOperator extends AbstractStreamOperator<OutputRecord>
    implements TwoInputStreamOperator<SymbolSample, PartitionSample, OutputRecord> {
  private static final long serialVersionUID = 1;

  private final GraphSettings settings;
  private final Map<String, Integer> partitions;

  /** By name; a gauge looks at them from another thread. */
  private transient NavigableMap<String, GraphStore> stores;

  private transient AuditTrail trail;
  private transient GraphJson json;
  private transient GraphSizes sizes;
  private transient Counter behindWatermark;

  /**
   * @param settings of every graph; the name is the key's
   * @param partitions how many each topic in has
   */
  GraphOperator(GraphSettings settings, Map<String, Integer> partitions) {
    this.settings = settings;
    this.partitions = partitions;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    trail = new AuditTrail(context.getOperatorStateStore(), partitions);
  }

  @Override
  public void open() throws Exception {
    super.open();
    stores = new ConcurrentSkipListMap<>(Utf8Order.INSTANCE);
    json = new GraphJson(NodeFeatures.X_NAMES);
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    for (String graph : GraphStore.stored(backend)) {
      GraphStore store = GraphStore.load(backend, settings.named(graph));
      stores.put(graph, store);
      if (store.graph().timeUs() != Long.MIN_VALUE) { // it has been published
        trail.close(publishedUntil(store.graph().timeUs()));
      }
    }
    getMetricGroup()
        .gauge(
            "clamped_returns",
            () ->
                stores.values().stream().mapToLong(store -> store.graph().clampedReturns()).sum());
    sizes = new GraphSizes(getMetricGroup());
    behindWatermark = getMetricGroup().counter("samples_behind_watermark");
  }

  @Override
  public void processElement1(StreamRecord<SymbolSample> element) throws Exception {
    String graph = (String) getCurrentKey();
    GraphStore store = stores.get(graph);
    if (store == null) {
      store = GraphStore.start(getKeyedStateBackend(), settings.named(graph));
      stores.put(graph, store);
    }
    if (element.getValue().timeUs() > store.graph().timeUs()) {
      store.add(element.getValue());
    } else {
      behindWatermark.inc(); // the graph of that time is out: it is not said anew
    }
  }

  @Override
  public void processElement2(StreamRecord<PartitionSample> element) {
    trail.add(element.getValue());
  }

  /** Times in order, and of each time the graphs in order. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      long completeUs = (mark.getTimestamp() + 1) * 1000;
      for (OptionalLong next = nextTime();
          next.isPresent() && next.getAsLong() <= completeUs;
          next = nextTime()) {
        for (GraphStore store : stores.values()) {
          List<SymbolSample> samples = store.poll(next.getAsLong());
          if (!samples.isEmpty()) {
            advance(store, next.getAsLong(), samples);
          }
        }
      }
      trail.close(publishedUntil(completeUs));
      sizes.show();
    }
    super.processWatermark(mark);
  }

  /**
   * Says nothing of a pause: told that all partitions pause, the graph would go on without what the
   * one that wakes first has had.
   */
  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {}

  private long publishedUntil(long timeUs) {
    return SampleGrid.until(timeUs, settings.publishIntervalUs());
  }

  private OptionalLong nextTime() {
    return stores.values().stream().mapToLong(GraphStore::nextTimeUs).min();
  }

  private void advance(GraphStore store, long timeUs, List<SymbolSample> samples) {
    List<Node> nodes =
        samples.stream()
            .map(GraphOperator::node)
            .sorted(Comparator.comparing(Node::id, Utf8Order.INSTANCE))
            .toList();
    if (settings.isPublishedAt(timeUs)) {
      publish(store.graph().sample(timeUs, nodes));
    } else {
      store.graph().advance(timeUs, nodes);
    }
  }

  private void publish(GraphSnapshot snapshot) {
    sizes.count(snapshot);
    byte[] key = snapshot.graph().getBytes(StandardCharsets.UTF_8);
    long timeUs = snapshot.timeUs();
    Map<String, String> headers = trail.headers(timeUs - settings.publishIntervalUs(), timeUs);
    OutputRecord graph = new OutputRecord(key, json.write(snapshot), timeUs / 1000, headers);
    output.collect(new StreamRecord<>(graph, timeUs / 1000 - 1));
  }

  private static Node node(SymbolSample sample) {
    return new Node(
        sample.instrument().id(),
        sample.status(),
        sample.mid(),
        sample.logReturn(),
        NodeFeatures.x(sample.features()),
        sample.changes());
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    for (GraphStore store : stores.values()) {
      store.flush();
    }
    trail.flush();
  }
}
