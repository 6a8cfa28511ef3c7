package io.streamforge.bench.pairs;

import com.sun.management.OperatingSystemMXBean;
import io.streamforge.bench.experiment.Distribution;
import io.streamforge.graph.MarketGraph;
import io.streamforge.graph.leadlag.MidPage;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphJson;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.graph.returns.PageKey;
import io.streamforge.graph.returns.ReturnPage;
import io.streamforge.graph.returns.ReturnSeries;
import io.streamforge.instrument.NodeFeatures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One graph with a full window, restored and then sampled. */
final class GraphUnderLoad {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final long SECOND = 1_000_000;
  private static final long START = 1_700_000_000;
  private static final int HOUR = 3_600;
  private static final int DAY = 24 * HOUR;
  private static final int BIN = 12;
  private static final int CHECKPOINT_SAMPLES = 10;

  private final GraphSettings settings;
  private final FactorNodes market;
  private final GraphJson json = new GraphJson(NodeFeatures.X_NAMES);
  private final Map<ReturnSeries, Map<PageKey, ReturnPage>> pages =
      new EnumMap<>(ReturnSeries.class);
  private final Map<PageKey, MidPage> midPages = new HashMap<>();
  private final byte[] header;
  private final List<Double> plainMs = new ArrayList<>();
  private final List<Double> rewireMs = new ArrayList<>();
  private final List<Double> jsonMs = new ArrayList<>();
  private final List<Double> allMs = new ArrayList<>();
  private long processNs;
  private long checkpointBytes;
  private GraphSnapshot snapshot;
  private long jsonBytes;

  GraphUnderLoad(GraphSettings settings, int symbols) throws IOException {
    this.settings = settings;
    this.market = new FactorNodes(symbols);
    MarketGraph empty = new MarketGraph(settings);
    empty.sample(
        START * SECOND,
        market.nodes(START * SECOND).stream().map(GraphUnderLoad::withoutReturn).toList());
    header = header(empty);
    store(ReturnSeries.GRID, market.history(START - 400, START));
    store(ReturnSeries.ONE_HOUR, market.history(START - HOUR, START));
    store(ReturnSeries.ONE_DAY, market.history((START - DAY) / BIN, START / BIN));
  }

  private void store(ReturnSeries series, List<ReturnPage> changed) {
    Map<PageKey, ReturnPage> stored = pages.computeIfAbsent(series, any -> new HashMap<>());
    changed.forEach(page -> stored.put(page.key(), page));
  }

  private static Node withoutReturn(Node node) {
    return new Node(node.id(), node.book(), node.mid(), Double.NaN, node.x(), List.of());
  }

  private static byte[] header(MarketGraph graph) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    graph.writeHeader(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  PairsFigures run(int samples) throws IOException {
    long began = cpuNs();
    MarketGraph graph =
        MarketGraph.restore(
            settings,
            new DataInputStream(new ByteArrayInputStream(header)),
            series -> pages.get(series).values(),
            midPages.values());
    double restoreMs = (cpuNs() - began) / 1e6;
    long warmUp = settings.rewireIntervalUs() / SECOND;
    for (long sample = 1; sample <= warmUp + samples; sample++) {
      sample(graph, START + sample, sample > warmUp);
      if (sample % CHECKPOINT_SAMPLES == 0) {
        checkpoint(graph);
      }
    }
    int symbols = snapshot.nodes().size();
    return new PairsFigures(
        symbols,
        symbols * (symbols - 1L) / 2,
        snapshot.source().length / 2,
        distribution(plainMs),
        distribution(rewireMs),
        distribution(jsonMs),
        distribution(allMs),
        processNs / (samples * 1e9),
        jsonBytes,
        stateBytes(graph),
        checkpointBytes,
        restoreMs);
  }

  private void sample(MarketGraph graph, long sample, boolean counts) {
    List<Node> nodes = market.nodes(sample * SECOND);
    long process = PROCESS.getProcessCpuTime();
    long began = cpuNs();
    snapshot = graph.sample(sample * SECOND, nodes);
    long made = cpuNs();
    jsonBytes = json.write(snapshot).length;
    long written = cpuNs();
    if (counts) {
      boolean rewired = sample * SECOND % settings.rewireIntervalUs() == 0;
      (rewired ? rewireMs : plainMs).add((made - began) / 1e6);
      jsonMs.add((written - made) / 1e6);
      allMs.add((written - began) / 1e6);
      processNs += PROCESS.getProcessCpuTime() - process;
    }
  }

  private void checkpoint(MarketGraph graph) throws IOException {
    checkpointBytes = header(graph).length;
    for (ReturnSeries series : ReturnSeries.values()) {
      var changes = graph.takePageChanges(series);
      store(series, changes.changed());
      checkpointBytes += bytes(changes.changed());
      changes.obsolete().forEach(pages.get(series)::remove);
    }
    var midChanges = graph.takeMidPageChanges();
    for (MidPage page : midChanges.changed()) {
      midPages.put(page.key(), page);
      checkpointBytes += bytes(page.key(), page.changes());
    }
    midChanges.obsolete().forEach(midPages::remove);
  }

  private static long bytes(Collection<ReturnPage> pages) {
    return pages.stream().mapToLong(page -> bytes(page.key(), page.returns())).sum();
  }

  private static long bytes(PageKey key, int[] values) {
    return key.symbol().length() + Long.BYTES + (long) Integer.BYTES * values.length;
  }

  private long stateBytes(MarketGraph graph) throws IOException {
    long bytes = header(graph).length;
    for (Map<PageKey, ReturnPage> series : pages.values()) {
      bytes += bytes(series.values());
    }
    for (MidPage page : midPages.values()) {
      bytes += bytes(page.key(), page.changes());
    }
    return bytes;
  }

  private static long cpuNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Distribution distribution(List<Double> values) {
    return Distribution.of(values.stream().mapToDouble(value -> value));
  }
}
