package io.streamforge.bench.pairs;

import com.sun.management.OperatingSystemMXBean;
import io.streamforge.bench.Distribution;
import io.streamforge.graph.GraphJson;
import io.streamforge.graph.GraphSettings;
import io.streamforge.graph.GraphSnapshot;
import io.streamforge.graph.MarketGraph;
import io.streamforge.graph.MidPage;
import io.streamforge.graph.Node;
import io.streamforge.graph.PageKey;
import io.streamforge.graph.ReturnPage;
import io.streamforge.job.NodeFeatures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One graph with a full window, restored and then ticked. */
final class PairsBenchmark {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final long SECOND = 1_000_000;
  private static final long START = 1_700_000_000;
  private static final int CHECKPOINT_TICKS = 10;

  private final GraphSettings settings;
  private final FactorMarket market;
  private final GraphJson json = new GraphJson(NodeFeatures.X_NAMES);
  private final Map<PageKey, ReturnPage> pages = new HashMap<>();
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

  PairsBenchmark(GraphSettings settings, int symbols) throws IOException {
    this.settings = settings;
    this.market = new FactorMarket(symbols);
    MarketGraph empty = new MarketGraph(settings);
    empty.tick(
        START * SECOND,
        market.nodes(START * SECOND).stream().map(PairsBenchmark::withoutReturn).toList());
    header = header(empty);
    for (ReturnPage page : market.history(START - 400, START)) {
      pages.put(page.key(), page);
    }
  }

  private static Node withoutReturn(Node node) {
    return new Node(node.id(), node.book(), node.mid(), Double.NaN, node.x(), List.of());
  }

  private static byte[] header(MarketGraph graph) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    graph.writeHeader(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  PairsFigures run(int ticks) throws IOException {
    long began = cpuNs();
    MarketGraph graph =
        MarketGraph.restore(
            settings,
            new DataInputStream(new ByteArrayInputStream(header)),
            pages.values(),
            midPages.values());
    double restoreMs = (cpuNs() - began) / 1e6;
    long warmUp = settings.rewireIntervalUs() / SECOND;
    for (long tick = 1; tick <= warmUp + ticks; tick++) {
      tick(graph, START + tick, tick > warmUp);
      if (tick % CHECKPOINT_TICKS == 0) {
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
        processNs / (ticks * 1e9),
        jsonBytes,
        stateBytes(graph),
        checkpointBytes,
        restoreMs);
  }

  private void tick(MarketGraph graph, long tick, boolean counts) {
    List<Node> nodes = market.nodes(tick * SECOND);
    long process = PROCESS.getProcessCpuTime();
    long began = cpuNs();
    snapshot = graph.tick(tick * SECOND, nodes);
    long made = cpuNs();
    jsonBytes = json.write(snapshot).length;
    long written = cpuNs();
    if (counts) {
      boolean rewired = tick * SECOND % settings.rewireIntervalUs() == 0;
      (rewired ? rewireMs : plainMs).add((made - began) / 1e6);
      jsonMs.add((written - made) / 1e6);
      allMs.add((written - began) / 1e6);
      processNs += PROCESS.getProcessCpuTime() - process;
    }
  }

  private void checkpoint(MarketGraph graph) throws IOException {
    checkpointBytes = header(graph).length;
    var changes = graph.takePageChanges();
    for (ReturnPage page : changes.changed()) {
      pages.put(page.key(), page);
      checkpointBytes += bytes(page.key(), page.returns());
    }
    changes.obsolete().forEach(pages::remove);
    var midChanges = graph.takeMidPageChanges();
    for (MidPage page : midChanges.changed()) {
      midPages.put(page.key(), page);
      checkpointBytes += bytes(page.key(), page.changes());
    }
    midChanges.obsolete().forEach(midPages::remove);
  }

  private static long bytes(PageKey key, int[] values) {
    return key.symbol().length() + Long.BYTES + (long) Integer.BYTES * values.length;
  }

  private long stateBytes(MarketGraph graph) throws IOException {
    long bytes = header(graph).length;
    for (ReturnPage page : pages.values()) {
      bytes += bytes(page.key(), page.returns());
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
