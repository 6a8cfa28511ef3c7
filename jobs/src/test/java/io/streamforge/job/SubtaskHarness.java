package io.streamforge.job;

import io.streamforge.graph.GraphSettings;
import io.streamforge.kafka.OutputRecord;
import io.streamforge.market.MarketEvent;
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
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One subtask of an operator on its own: elements, watermarks and checkpoints in, records out. */
final class SubtaskHarness<I, O> implements AutoCloseable {
  static final int KEY_GROUPS = 256;

  private final MockEnvironment environment;
  private final InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();
  private final KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;

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
      OneInputStreamOperator<I, O> operator,
      KeySelector<I, String> key,
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
            .setMetricGroup(
                new InterceptingTaskMetricGroup() {
                  @Override
                  public InternalOperatorMetricGroup getOrAddOperator(
                      OperatorID id, String name, Map<String, String> variables) {
                    return metrics;
                  }
                })
            .build();
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(operator, key, Types.STRING, environment);
    harness.setStateBackend(backend);
    harness.setup();
  }

  /** A subtask of {@link InstrumentsOperator} that is not open yet. */
  static SubtaskHarness<MarketEvent, SymbolTick> instruments(
      InstrumentSettings settings, StateBackend backend, int parallelism, int index)
      throws Exception {
    return new SubtaskHarness<>(
        new InstrumentsOperator(settings),
        event -> event.instrument().id(),
        backend,
        parallelism,
        index);
  }

  /** A subtask that is alone, and not open yet. */
  static SubtaskHarness<MarketEvent, SymbolTick> instruments(InstrumentSettings settings)
      throws Exception {
    return instruments(settings, new EmbeddedRocksDBStateBackend(), 1, 0);
  }

  /** An open subtask that is alone. */
  static SubtaskHarness<MarketEvent, SymbolTick> instruments(
      InstrumentSettings settings, Saved saved) throws Exception {
    return instruments(settings).open(saved, 1, 0);
  }

  /** An open {@link GraphOperator}. */
  static SubtaskHarness<SymbolTick, OutputRecord> graph(GraphSettings settings, Saved saved)
      throws Exception {
    return graph(settings).open(saved, 1, 0);
  }

  /** A {@link GraphOperator} of one graph that is not open yet. */
  static SubtaskHarness<SymbolTick, OutputRecord> graph(GraphSettings settings) throws Exception {
    String name = settings.name();
    return new SubtaskHarness<>(
        new GraphOperator(settings), tick -> name, new EmbeddedRocksDBStateBackend(), 1, 0);
  }

  /** An open {@link GraphOperator} with a graph a venue. */
  static SubtaskHarness<SymbolTick, OutputRecord> graphs(
      GraphSettings settings, Saved saved, int parallelism, int index) throws Exception {
    return new SubtaskHarness<>(
            new GraphOperator(settings),
            tick -> tick.instrument().venue(),
            new EmbeddedRocksDBStateBackend(),
            parallelism,
            index)
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
    harness.processElement(new StreamRecord<>(element));
  }

  /** The watermark that completes everything before a time. */
  void completeUntil(long timeUs) throws Exception {
    watermark(Math.floorDiv(timeUs, 1000L) - 1);
  }

  void watermark(long timestampMs) throws Exception {
    harness.processWatermark(new Watermark(timestampMs));
  }

  void status(WatermarkStatus status) throws Exception {
    harness.processWatermarkStatus(status);
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
