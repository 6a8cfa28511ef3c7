package io.streamforge.graph.returns;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The returns of a long window of every symbol that has some: 15 kB of heap a symbol for an hour,
 * 31 kB for a day, in one array each, since what a new edge costs is to read two of them.
 */
public final class SampledReturns {
  /** By size; nothing is ever put into them. */
  private static final Map<Integer, LongReturns> NONE = new ConcurrentHashMap<>();

  private final ReturnSampling sampling;
  private final FixedPoint fixedPoint = new FixedPoint();
  private final Map<String, LongReturns> bySymbol = new HashMap<>();

  /** That of a symbol without returns; all graphs have one, for it is large. */
  private final LongReturns none;

  private PageChanges changes = new PageChanges();

  /** Number of the last return in the window. */
  private long newest;

  SampledReturns(ReturnSampling sampling) {
    this.sampling = sampling;
    this.none = NONE.computeIfAbsent(sampling.size(), size -> new LongReturns("", size));
  }

  private LongReturns open(String symbol) {
    return new LongReturns(symbol, sampling.size());
  }

  /** Moves the window's end to a sample, and forgets the symbols that are not known. */
  void advance(long sample, ReturnHistory[] nodes, Predicate<String> known) {
    long number = sampling.newest(sample);
    for (LongReturns own : bySymbol.values()) {
      for (long at = newest + 1; at <= Math.min(number, newest + sampling.size()); at++) {
        own.leave(at);
      }
    }
    newest = number;
    if (sampling.isTakenAt(sample)) {
      for (ReturnHistory node : nodes) {
        int value = node.returnOver(sampling.returnSamples(), sample, fixedPoint);
        if (value != ReturnPage.MISSING) {
          bySymbol.computeIfAbsent(node.symbol(), this::open).enter(number, value);
        }
      }
    }
    bySymbol.values().removeIf(own -> isForgotten(own, known));
  }

  private boolean isForgotten(LongReturns own, Predicate<String> known) {
    if (own.isOver() || !known.test(own.symbol())) {
      own.clear();
      own.drainTo(changes, newest);
      return true;
    }
    return false;
  }

  /** The window of a node. */
  SampleRing of(ReturnHistory node) {
    return bySymbol.getOrDefault(node.symbol(), none).returns();
  }

  /** By node, its return of a number of the window. */
  int[] of(ReturnHistory[] nodes, long number) {
    int[] values = new int[nodes.length];
    Arrays.setAll(values, node -> bySymbol.getOrDefault(nodes[node].symbol(), none).get(number));
    return values;
  }

  /** Returns clamped since this object was made. */
  public long clamps() {
    return fixedPoint.clamps();
  }

  /** Pages that changed and pages that may be deleted since the last call. */
  public PageChanges takeChanges() {
    bySymbol.values().forEach(own -> own.drainTo(changes, newest));
    PageChanges taken = changes.withoutRewritten();
    changes = new PageChanges();
    return taken;
  }

  /** Fills an empty window that ends at {@code sample} from saved pages. */
  public void restore(long sample, Iterable<ReturnPage> pages) {
    newest = sampling.newest(sample);
    for (ReturnPage page : pages) {
      bySymbol.computeIfAbsent(page.key().symbol(), this::open).load(page, newest);
    }
  }
}
