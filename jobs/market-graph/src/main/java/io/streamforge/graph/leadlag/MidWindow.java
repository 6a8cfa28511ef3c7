package io.streamforge.graph.leadlag;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.returns.FixedPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The mid changes of window 5m of every symbol that has some. */
public final class MidWindow {
  private static final long WINDOW_US = GraphSettings.WINDOW_US;

  private final FixedPoint fixedPoint = new FixedPoint();
  private final Map<String, MidHistory> histories = new HashMap<>();
  private long startUs;

  /** Moves the window's end to a sample; returns the histories of its nodes. */
  public MidHistory[] advance(long timeUs, List<Node> nodes) {
    startUs = timeUs - WINDOW_US;
    for (MidHistory history : histories.values()) {
      history.increments().leave(startUs);
    }
    MidHistory[] ofNodes = new MidHistory[nodes.size()];
    for (int node = 0; node < ofNodes.length; node++) {
      ofNodes[node] = open(nodes.get(node).id());
      ofNodes[node].enter(nodes.get(node).changes(), fixedPoint);
    }
    forget(ofNodes);
    return ofNodes;
  }

  private MidHistory open(String symbol) {
    return histories.computeIfAbsent(symbol, MidHistory::new);
  }

  private void forget(MidHistory[] ofNodes) {
    if (ofNodes.length == histories.size()) {
      return;
    }
    Set<MidHistory> kept = new HashSet<>(List.of(ofNodes));
    histories.values().removeIf(history -> !kept.contains(history) && history.isOver());
  }

  /** Increments clamped since this object was made. */
  public long clamps() {
    return fixedPoint.clamps();
  }

  /** Pages that changed and pages that may be deleted since the last call. */
  public MidPageChanges takeChanges() {
    MidPageChanges changes = new MidPageChanges();
    histories.values().forEach(history -> history.drainTo(changes, startUs));
    return changes;
  }

  /** Fills an empty window that ends at {@code timeUs} from saved pages. */
  public void restore(long timeUs, Iterable<MidPage> pages) {
    startUs = timeUs - WINDOW_US;
    List<MidPage> sorted = new ArrayList<>();
    pages.forEach(sorted::add);
    sorted.sort(Comparator.comparingLong(page -> page.key().number()));
    sorted.forEach(page -> open(page.key().symbol()).load(page, startUs));
  }
}
