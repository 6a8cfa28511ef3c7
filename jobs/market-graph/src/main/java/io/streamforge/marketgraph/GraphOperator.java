package io.streamforge.marketgraph;

import io.streamforge.graph.GraphEngine;
import io.streamforge.graph.WaitingGraph;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.record.GraphJson;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.kafka.PartitionSample;
import io.streamforge.time.SampleGrid;
import io.streamforge.time.SampleSweep;
import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * A {@link GraphEngine} over keyed state: makes one record of all of a graph's instruments' samples
 * of a time, when the watermark says that they are all here. The first input is the samples, keyed
 * by the graph's name; one subtask may have several graphs. The second is what the partitions in
 * had for each sample, broadcast: the watermark of both says that it is here too.
 */
final class GraphOperator extends AbstractStreamOperator<OutputRecord>
    implements TwoInputStreamOperator<SymbolSample, PartitionSample, OutputRecord> {
  private static final long serialVersionUID = 1;

  private final GraphSettings settings;
  private final Map<String, Integer> partitions;

  private transient GraphEngine engine;

  /** Where graphs are stored, by name; one that is new has no place before the next checkpoint. */
  private transient Map<String, GraphStore> stores;

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
    json = new GraphJson(NodeFeatures.X_NAMES);
    sizes = new GraphSizes(getMetricGroup());
    engine = new GraphEngine(settings, this::publish);
    stores = new HashMap<>();
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    for (String name : GraphStore.stored(backend)) {
      GraphStore store = GraphStore.load(backend, settings.named(name));
      stores.put(name, store);
      engine.restore(name, store.graph());
      long timeUs = store.graph().graph().timeUs();
      if (timeUs != Long.MIN_VALUE) { // it has been published
        trail.close(publishedUntil(timeUs));
      }
    }
    getMetricGroup().gauge("clamped_returns", engine::clampedReturns);
    getMetricGroup().gauge("cut_correlations", engine::cutCorrelations);
    behindWatermark = getMetricGroup().counter("samples_behind_watermark");
  }

  @Override
  public void processElement1(StreamRecord<SymbolSample> element) {
    if (!engine.add((String) getCurrentKey(), element.getValue())) {
      behindWatermark.inc();
    }
  }

  @Override
  public void processElement2(StreamRecord<PartitionSample> element) {
    trail.add(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    SampleSweep.at(mark.getTimestamp(), this::sweep);
    super.processWatermark(mark);
  }

  private void sweep(long completeUs) throws Exception {
    engine.completeUntil(completeUs);
    for (String name : engine.forgetBefore(completeUs)) {
      GraphStore store = stores.remove(name);
      if (store != null) {
        store.delete();
      }
    }
    trail.close(publishedUntil(completeUs));
    sizes.show();
  }

  /**
   * Does not act on idleness. With all partitions idle, a graph would be closed without the records
   * of the partition that becomes active first.
   */
  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {}

  private long publishedUntil(long timeUs) {
    return SampleGrid.until(timeUs, settings.publishIntervalUs());
  }

  private void publish(GraphSnapshot snapshot) {
    sizes.count(snapshot);
    byte[] key = snapshot.graph().getBytes(StandardCharsets.UTF_8);
    long timeUs = snapshot.timeUs();
    Map<String, String> headers = trail.headers(timeUs - settings.publishIntervalUs(), timeUs);
    OutputRecord graph = new OutputRecord(key, json.write(snapshot), timeUs / 1000, headers);
    output.collect(new StreamRecord<>(graph, SampleSweep.timestampMs(timeUs)));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    for (Map.Entry<String, WaitingGraph> graph : engine.graphs().entrySet()) {
      GraphStore store = stores.get(graph.getKey());
      if (store == null) { // it is new
        store = new GraphStore(getKeyedStateBackend(), graph.getKey(), graph.getValue());
        stores.put(graph.getKey(), store);
      }
      store.flush();
    }
    trail.flush();
  }
}
