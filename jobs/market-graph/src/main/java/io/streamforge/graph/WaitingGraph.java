package io.streamforge.graph;

import io.streamforge.instrument.SymbolSample;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A graph, and the samples that wait until all of their time are here. */
public final class WaitingGraph {
  private final MarketGraph graph;
  private final TreeMap<Long, List<SymbolSample>> waiting = new TreeMap<>();
  private boolean changed;

  public WaitingGraph(MarketGraph graph) {
    this.graph = graph;
  }

  public MarketGraph graph() {
    return graph;
  }

  /** Keeps a sample until all of its time are here. */
  public void add(SymbolSample sample) {
    waiting.computeIfAbsent(sample.timeUs(), time -> new ArrayList<>()).add(sample);
    changed = true;
  }

  /** The samples that wait, in order of time. */
  public Stream<SymbolSample> waiting() {
    return waiting.values().stream().flatMap(List::stream);
  }

  /** The earliest time of which samples wait; {@link Long#MAX_VALUE} if none do. */
  long nextTimeUs() {
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
  }

  /** Takes the samples of a time, of which no more are to come. */
  List<SymbolSample> poll(long timeUs) {
    List<SymbolSample> samples = waiting.remove(timeUs);
    changed |= samples != null;
    return samples == null ? List.of() : samples;
  }

  /** Whether any of it has changed since this was asked last. */
  public boolean takeChanged() {
    boolean taken = changed;
    changed = false;
    return taken;
  }
}
