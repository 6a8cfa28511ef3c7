package io.streamforge.marketgraph;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.kafka.PartitionSample;
import io.streamforge.market.MarketEvent;
import io.streamforge.topic.OutputRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One subtask of an operator on its own: elements, watermarks and checkpoints in, records out. */
final class SubtaskHarness<I, O> implements AutoCloseable {
  static final int KEY_GROUPS = 256;

  /** The topics in, of which a graph knows how many partitions each has. */
  static final Map<String, Integer> PARTITIONS = Map.of("raw-orderbooks", 2, "raw-trades", 1);

  private final MockEnvironment environment;
  private final InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();
  private final AbstractStreamOperatorTestHarness<O> harness;
  private final KeyedInput<I> input;

  /** The input that has a key. */
  private interface KeyedInput<I> {
    void process(StreamRecord<I> element) throws Exception;
  }

  /** The state of all subtasks of an operator, null for none, and how many they were. */
  record Saved(OperatorSubtaskState state, int parallelism) {
    static final Saved NOTHING = new Saved(null, 1);

    static Saved of(List<? extends SubtaskHarness<?, ?>> subtasks) throws Exception {
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (SubtaskHarness<?, ?> subtask : subtasks) {
        states.add(subtask.snapshot());
      }
      return new Saved(
          AbstractStreamOperatorTestHarness.repackageState(
              states.toArray(OperatorSubtaskState[]::new)),
          subtasks.size());
    }
  }

  private SubtaskHarness(
      StreamOperator<O> operator,
      KeySelector<I, String> key,
      KeyedInput<I> input,
      StateBackend backend,
      int parallelism,
      int index)
      throws Exception {
    environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(KEY_GROUPS)
            .setParallelism(parallelism)
            .setSubtaskIndex(index)
            .setManagedMemorySize(1 << 22)
            .setUserCodeClassLoader(SubtaskHarness.class.getClassLoader())
            .setMetricGroup(
                new InterceptingTaskMetricGroup() {
                  @Override
                  public InternalOperatorMetricGroup getOrAddOperator(
                      OperatorID id, String name, Map<String, String> variables) {
                    return metrics;
                  }
                })
            .build();
    this.input = input;
    harness = new AbstractStreamOperatorTestHarness<>(operator, environment);
    harness.getStreamConfig().setStatePartitioner(0, key);
    harness.getStreamConfig().setStateKeySerializer(StringSerializer.INSTANCE);
    harness.getStreamConfig().serializeAllConfigs();
    harness.setStateBackend(backend);
    harness.setup();
  }

  private static SubtaskHarness<SymbolSample, OutputRecord> graph(
      GraphSettings settings, KeySelector<SymbolSample, String> key, int parallelism, int index)
      throws Exception {
    GraphOperator operator = new GraphOperator(settings, PARTITIONS);
    return new SubtaskHarness<>(
        operator,
        key,
        sample -> {
          operator.setKeyContextElement1(sample);
          operator.processElement1(sample);
        },
        new EmbeddedRocksDBStateBackend(),
        parallelism,
        index);
  }

  /** A subtask of {@link InstrumentsOperator} that is not open yet. */
  static SubtaskHarness<MarketEvent, SymbolSample> instruments(
      InstrumentSettings settings, StateBackend backend, int parallelism, int index)
      throws Exception {
    InstrumentsOperator operator = new InstrumentsOperator(settings);
    return new SubtaskHarness<>(
        operator,
        event -> event.instrument().id(),
        event -> {
          operator.setKeyContextElement(event);
          operator.processElement(event);
        },
        backend,
        parallelism,
        index);
  }

  /** A subtask that is alone, and not open yet. */
  static SubtaskHarness<MarketEvent, SymbolSample> instruments(InstrumentSettings settings)
      throws Exception {
    return instruments(settings, new EmbeddedRocksDBStateBackend(), 1, 0);
  }

  /** An open subtask that is alone. */
  static SubtaskHarness<MarketEvent, SymbolSample> instruments(
      InstrumentSettings settings, Saved saved) throws Exception {
    return instruments(settings).open(saved, 1, 0);
  }

  /** An open {@link GraphOperator}. */
  static SubtaskHarness<SymbolSample, OutputRecord> graph(GraphSettings settings, Saved saved)
      throws Exception {
    return graph(settings).open(saved, 1, 0);
  }

  /** A {@link GraphOperator} of one graph that is not open yet. */
  static SubtaskHarness<SymbolSample, OutputRecord> graph(GraphSettings settings) throws Exception {
    String name = settings.name();
    return graph(settings, sample -> name, 1, 0);
  }

  /** An open {@link GraphOperator} with a graph a venue. */
  static SubtaskHarness<SymbolSample, OutputRecord> graphs(
      GraphSettings settings, Saved saved, int parallelism, int index) throws Exception {
    return graph(settings, sample -> sample.instrument().venue(), parallelism, index)
        .open(saved, parallelism, index);
  }

  SubtaskHarness<I, O> open(Saved saved, int parallelism, int index) throws Exception {
    if (saved.state() != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              saved.state(), KEY_GROUPS, saved.parallelism(), parallelism, index));
    }
    harness.open();
    return this;
  }

  /** Opens with bytes in keyed state, by state and key. */
  SubtaskHarness<I, O> open(Map<String, Map<String, byte[]>> bytes) throws Exception {
    harness.initializeEmptyState();
    for (Map.Entry<String, Map<String, byte[]>> state : bytes.entrySet()) {
      for (Map.Entry<String, byte[]> entry : state.getValue().entrySet()) {
        state(state.getKey(), entry.getKey()).update(entry.getValue());
      }
    }
    harness.open();
    return this;
  }

  /** Opens with the stored pages of instruments and of their books, by instrument. */
  SubtaskHarness<I, O> open(
      Map<String, Map<Long, byte[]>> instruments, Map<String, Map<Long, byte[]>> books)
      throws Exception {
    harness.initializeEmptyState();
    for (Map.Entry<String, Map<Long, byte[]>> instrument : instruments.entrySet()) {
      pages("instrument", instrument.getKey()).putAll(instrument.getValue());
    }
    for (Map.Entry<String, Map<Long, byte[]>> book : books.entrySet()) {
      pages("book", book.getKey()).putAll(book.getValue());
    }
    harness.open();
    return this;
  }

  void process(I element) throws Exception {
    input.process(new StreamRecord<>(element));
  }

  /** What a graph hears of a partition. */
  void hear(PartitionSample sample) {
    ((GraphOperator) harness.getOperator()).processElement2(new StreamRecord<>(sample));
  }

  /** The watermark of a graph's first input, or of its second. */
  void completeUntil(long timeUs, int input) throws Exception {
    Watermark mark = new Watermark(Math.floorDiv(timeUs, 1000L) - 1);
    if (input == 1) {
      harness.getOperator().processWatermark1(mark);
    } else {
      harness.getOperator().processWatermark2(mark);
    }
  }

  /** The status of a graph's second input. */
  void statusOfPartitions(WatermarkStatus status) throws Exception {
    harness.getOperator().processWatermarkStatus2(status);
  }

  /** The watermark that completes everything before a time. */
  void completeUntil(long timeUs) throws Exception {
    watermark(Math.floorDiv(timeUs, 1000L) - 1);
  }

  /** Of all inputs together. */
  void watermark(long timestampMs) throws Exception {
    harness.getOperator().processWatermark(new Watermark(timestampMs));
  }

  void status(WatermarkStatus status) throws Exception {
    harness.getOperator().processWatermarkStatus(status);
  }

  /** What came out since the last call: {@link StreamRecord}s, {@link Watermark}s and so on. */
  List<Object> takeAll() {
    List<Object> taken = new ArrayList<>(harness.getOutput());
    harness.getOutput().clear();
    return taken;
  }

  /** The values that came out since the last call. */
  List<O> take() {
    List<O> values = new ArrayList<>();
    for (StreamRecord<? extends O> record : harness.extractOutputStreamRecords()) {
      values.add(record.getValue());
    }
    harness.getOutput().clear();
    return values;
  }

  /** The values that came out aside since the last call. */
  <X> List<X> take(OutputTag<X> tag) {
    List<X> values = new ArrayList<>();
    Queue<StreamRecord<X>> records = harness.getSideOutput(tag);
    for (StreamRecord<X> r = poll(records); r != null; r = poll(records)) {
      values.add(r.getValue());
    }
    return values;
  }

  private static <X> X poll(Queue<X> queue) { // null: nothing ever came
    return queue == null ? null : queue.poll();
  }

  long counter(String name) {
    return ((Counter) metrics.get(name)).getCount();
  }

  Object gauge(String name) {
    return ((Gauge<?>) metrics.get(name)).getValue();
  }

  private OperatorSubtaskState snapshot() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return harness.snapshot(1, 1);
  }

  /** Writes what a checkpoint would hold. */
  void flush() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
  }

  private KeyedStateBackend<String> backend() {
    return harness.getOperator().getKeyedStateBackend();
  }

  int stateEntries() {
    return ((RocksDBKeyedStateBackend<?>) backend()).numKeyValueStateEntries();
  }

  int timers() {
    return harness.numEventTimeTimers() + harness.numProcessingTimeTimers();
  }

  /** The stored pages of an instrument beside those of its book. */
  Map<Long, byte[]> instrument(String key) throws Exception {
    return storedPages("instrument", key);
  }

  /** The stored pages of a book. */
  Map<Long, byte[]> book(String key) throws Exception {
    return storedPages("book", key);
  }

  private Map<Long, byte[]> storedPages(String name, String key) throws Exception {
    Map<Long, byte[]> pages = new TreeMap<>();
    pages(name, key).entries().forEach(page -> pages.put(page.getKey(), page.getValue()));
    return pages;
  }

  private MapState<Long, byte[]> pages(String name, String key) throws Exception {
    backend().setCurrentKey(key);
    return backend()
        .getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new MapStateDescriptor<>(
                name, Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  private ValueState<byte[]> state(String name, String key) throws Exception {
    backend().setCurrentKey(key);
    return backend()
        .getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ValueStateDescriptor<>(
                name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void close() throws Exception {
    harness.close();
    environment.close();
  }
}
