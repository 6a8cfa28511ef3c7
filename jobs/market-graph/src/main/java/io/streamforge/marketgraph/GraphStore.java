package io.streamforge.marketgraph;

import io.streamforge.graph.MarketGraph;
import io.streamforge.graph.WaitingGraph;
import io.streamforge.graph.leadlag.MidPage;
import io.streamforge.graph.leadlag.MidPageChanges;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.returns.PageChanges;
import io.streamforge.graph.returns.PageKey;
import io.streamforge.graph.returns.ReturnPage;
import io.streamforge.graph.returns.ReturnSeries;
import io.streamforge.instrument.SymbolSample;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * Where a {@link WaitingGraph} is stored: what changed of it is written to keyed state before a
 * checkpoint, the returns and the mid changes in pages, a header, and the waiting samples.
 */
final class GraphStore {
  private static final ValueStateDescriptor<byte[]> HEADER =
      new ValueStateDescriptor<>("header", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final String MID_PAGES = "mid-changes";
  private static final ListStateDescriptor<SymbolSample> WAITING =
      new ListStateDescriptor<>("waiting", new SymbolSampleSerializer());

  private final KeyedStateBackend<String> backend;
  private final String key;
  private final ValueState<byte[]> header;
  private final Map<ReturnSeries, MapState<Tuple2<String, Long>, int[]>> pages =
      new EnumMap<>(ReturnSeries.class);
  private final MapState<Tuple2<String, Long>, int[]> midPages;
  private final ListState<SymbolSample> waitingState;
  private final WaitingGraph waiting;
  private final MarketGraph graph;

  /** A place for a graph that was not stored yet. */
  GraphStore(KeyedStateBackend<String> backend, String key, WaitingGraph waiting) throws Exception {
    this.backend = backend;
    this.key = key;
    this.header = state(backend, HEADER);
    for (ReturnSeries series : ReturnSeries.values()) {
      pages.put(series, pages(backend, series.text()));
    }
    this.midPages = pages(backend, MID_PAGES);
    this.waitingState = state(backend, WAITING);
    this.waiting = waiting;
    this.graph = waiting.graph();
  }

  /** Names of the graphs that the backend holds. */
  static List<String> stored(KeyedStateBackend<String> backend) throws Exception {
    state(backend, HEADER); // else the backend does not know it
    try (Stream<String> keys = backend.getKeys(HEADER.getName(), VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  /** A graph that the backend holds. */
  static GraphStore load(KeyedStateBackend<String> backend, GraphSettings settings)
      throws Exception {
    backend.setCurrentKey(settings.name());
    Map<ReturnSeries, Iterable<ReturnPage>> returns = new EnumMap<>(ReturnSeries.class);
    for (ReturnSeries series : ReturnSeries.values()) {
      returns.put(series, stored(pages(backend, series.text()), ReturnPage::new));
    }
    Iterable<MidPage> mids = stored(pages(backend, MID_PAGES), MidPage::new);
    DataInputDeserializer header = new DataInputDeserializer(state(backend, HEADER).value());
    MarketGraph graph = MarketGraph.restore(settings, header, returns::get, mids);
    GraphStore store = new GraphStore(backend, settings.name(), new WaitingGraph(graph));
    Iterable<SymbolSample> waiting = store.waitingState.get();
    if (waiting != null) { // none waited
      waiting.forEach(store.waiting::add);
    }
    return store;
  }

  private static MapState<Tuple2<String, Long>, int[]> pages(
      KeyedStateBackend<String> backend, String name) throws Exception {
    return state(
        backend,
        new MapStateDescriptor<>(
            name,
            Types.TUPLE(Types.STRING, Types.LONG),
            PrimitiveArrayTypeInfo.INT_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** One after the other, so that they are not on the heap twice. */
  private static <P> Iterable<P> stored(
      MapState<Tuple2<String, Long>, int[]> pages, BiFunction<PageKey, int[], P> page)
      throws Exception {
    Iterable<Map.Entry<Tuple2<String, Long>, int[]>> entries = pages.entries();
    return () ->
        StreamSupport.stream(entries.spliterator(), false)
            .map(entry -> page.apply(pageKey(entry.getKey()), entry.getValue()))
            .iterator();
  }

  private static <S extends State> S state(
      KeyedStateBackend<String> backend, StateDescriptor<S, ?> descriptor) throws Exception {
    return backend.getPartitionedState(
        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
  }

  /** The graph that is stored here. */
  WaitingGraph graph() {
    return waiting;
  }

  /** Writes what changed since the last call to keyed state; the current key is as before. */
  void flush() throws Exception {
    if (!waiting.takeChanged()) {
      return;
    }
    String keyBefore = backend.getCurrentKey();
    backend.setCurrentKey(key);
    header.update(headerBytes());
    for (ReturnSeries series : ReturnSeries.values()) {
      write(graph.takePageChanges(series), pages.get(series));
    }
    MidPageChanges midChanges = graph.takeMidPageChanges();
    for (MidPage page : midChanges.changed()) {
      midPages.put(stateKey(page.key()), page.changes());
    }
    for (PageKey page : midChanges.obsolete()) {
      midPages.remove(stateKey(page));
    }
    waitingState.update(waiting.waiting().toList());
    if (keyBefore != null) {
      backend.setCurrentKey(keyBefore);
    }
  }

  /** Deletes all that is stored of it; the current key is as before. */
  void delete() throws Exception {
    String keyBefore = backend.getCurrentKey();
    backend.setCurrentKey(key);
    header.clear();
    for (MapState<Tuple2<String, Long>, int[]> series : pages.values()) {
      series.clear();
    }
    midPages.clear();
    waitingState.clear();
    if (keyBefore != null) {
      backend.setCurrentKey(keyBefore);
    }
  }

  private static void write(PageChanges changes, MapState<Tuple2<String, Long>, int[]> pages)
      throws Exception {
    for (ReturnPage page : changes.changed()) {
      pages.put(stateKey(page.key()), page.returns());
    }
    for (PageKey page : changes.obsolete()) {
      pages.remove(stateKey(page));
    }
  }

  private byte[] headerBytes() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1 << 12);
    graph.writeHeader(out);
    return out.getCopyOfBuffer();
  }

  private static PageKey pageKey(Tuple2<String, Long> stateKey) {
    return new PageKey(stateKey.f0, stateKey.f1);
  }

  private static Tuple2<String, Long> stateKey(PageKey page) {
    return Tuple2.of(page.symbol(), page.number());
  }
}
