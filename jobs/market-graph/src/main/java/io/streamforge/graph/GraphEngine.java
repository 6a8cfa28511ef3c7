package io.streamforge.graph;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Utf8Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The graphs of a market: the samples of their instruments in, snapshots out. When all samples of a
 * time are here, each graph that has any goes on to that time. For one thread.
 */
public final class GraphEngine {
  /** Nothing so old is in a window, or keeps a seat. */
  private static final long FORGOTTEN_AFTER_US = 90_000_000_000L;

  private static final Comparator<Node> BY_ID = Comparator.comparing(Node::id, Utf8Order.INSTANCE);

  private final GraphSettings settings;
  private final Consumer<GraphSnapshot> snapshots;

  /** By name; metrics look at them from another thread. */
  private final NavigableMap<String, WaitingGraph> graphs =
      new ConcurrentSkipListMap<>(Utf8Order.INSTANCE);

  /**
   * @param settings of every graph, but for its name
   * @param snapshots takes the snapshots: times in order, and of each time the graphs in the order
   *     of their names' UTF-8 bytes
   */
  public GraphEngine(GraphSettings settings, Consumer<GraphSnapshot> snapshots) {
    this.settings = settings;
    this.snapshots = snapshots;
  }

  /** Takes up a graph as it was left. */
  public void restore(String name, WaitingGraph graph) {
    graphs.put(name, graph);
  }

  /** All graphs by name; a view. */
  public NavigableMap<String, WaitingGraph> graphs() {
    return Collections.unmodifiableNavigableMap(graphs);
  }

  /**
   * Takes a sample of a graph's instrument; a graph is new if it is not known.
   *
   * @return whether the graph of that time is still to come: once out, it is not said anew
   */
  public boolean add(String name, SymbolSample sample) {
    WaitingGraph graph = graphs.get(name);
    if (graph == null) {
      graph = new WaitingGraph(new MarketGraph(settings.named(name)));
      graphs.put(name, graph);
    }
    boolean inTime = sample.timeUs() > graph.graph().timeUs();
    if (inTime) {
      graph.add(sample);
    }
    return inTime;
  }

  /**
   * Goes on to the times that are complete.
   *
   * @param completeUs all samples up to it are here
   */
  public void completeUntil(long completeUs) {
    for (long timeUs = nextTimeUs(); timeUs <= completeUs; timeUs = nextTimeUs()) {
      for (WaitingGraph graph : graphs.values()) {
        List<SymbolSample> samples = graph.poll(timeUs);
        if (!samples.isEmpty()) {
          advance(graph.graph(), timeUs, samples);
        }
      }
    }
  }

  /**
   * Forgets the graphs that have had no sample for so long that one that begins anew would say the
   * same: names that somebody made up do not stay.
   *
   * @param completeUs all samples up to it are here
   * @return their names
   */
  public List<String> forgetBefore(long completeUs) {
    List<String> forgotten = new ArrayList<>();
    graphs.forEach(
        (name, graph) -> {
          boolean waits = graph.nextTimeUs() != Long.MAX_VALUE;
          if (!waits && graph.graph().timeUs() < completeUs - FORGOTTEN_AFTER_US) {
            forgotten.add(name);
          }
        });
    graphs.keySet().removeAll(forgotten);
    return forgotten;
  }

  private long nextTimeUs() {
    long next = Long.MAX_VALUE;
    for (WaitingGraph graph : graphs.values()) {
      next = Math.min(next, graph.nextTimeUs());
    }
    return next;
  }

  private void advance(MarketGraph graph, long timeUs, List<SymbolSample> samples) {
    List<Node> nodes = samples.stream().map(GraphEngine::node).sorted(BY_ID).toList();
    if (settings.isPublishedAt(timeUs)) {
      snapshots.accept(graph.sample(timeUs, nodes));
    } else {
      graph.advance(timeUs, nodes);
    }
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

  /** Values of hy_correlation_5m of all graphs that were cut to ±1. */
  public long cutCorrelations() {
    return graphs.values().stream().mapToLong(graph -> graph.graph().cutCorrelations()).sum();
  }

  /** Returns and increments of all graphs that were clamped to the fixed-point range. */
  public long clampedReturns() {
    return graphs.values().stream().mapToLong(graph -> graph.graph().clampedReturns()).sum();
  }
}
