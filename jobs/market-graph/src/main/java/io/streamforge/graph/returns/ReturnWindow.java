package io.streamforge.graph.returns;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The returns of every symbol that the window still knows, and the sums of their products. A symbol
 * has a slot while it is a node or has returns that may matter; slots are reused. No value depends
 * on which slot a symbol has.
 */
public final class ReturnWindow {
  private final GraphSettings settings;
  private final FixedPoint fixedPoint = new FixedPoint();
  private final RollingCovariance covariance = new RollingCovariance();
  private final Map<String, Integer> slots = new HashMap<>();
  private final BitSet used = new BitSet();
  private ReturnHistory[] histories = {};
  private long[] entering = {};
  private long[] leaving = {};
  private PageChanges changes = new PageChanges();

  public ReturnWindow(GraphSettings settings) {
    this.settings = settings;
  }

  /**
   * Moves the window's end from one sample to a later one; what lies between is missing.
   *
   * @param kept the symbols whose returns are kept, the nodes among them
   * @param forgotten takes the 5 s returns of those that are forgotten before they have left
   * @return the nodes' slots
   */
  public int[] advance(
      long from,
      long to,
      List<Node> nodes,
      Predicate<String> kept,
      Consumer<SampleRing> forgotten) {
    for (long sample = from + 1;
        sample < Math.min(to, from + 1 + settings.windowSamples());
        sample++) {
      leave(sample);
      covariance.update(entering, leaving);
    }
    int[] nodeSlots = nodes.stream().mapToInt(node -> claim(node.id())).toArray();
    leave(to);
    for (int i = 0; i < nodeSlots.length; i++) {
      entering[nodeSlots[i]] = histories[nodeSlots[i]].enter(to, nodes.get(i).logReturn());
    }
    covariance.update(entering, leaving);
    forget(to, nodeSlots, kept, forgotten);
    return nodeSlots;
  }

  private void leave(long sample) {
    Arrays.fill(entering, 0);
    for (int slot = 0; slot < histories.length; slot++) {
      leaving[slot] = histories[slot] == null ? 0 : histories[slot].leave(sample);
    }
  }

  private int claim(String symbol) {
    return slots.computeIfAbsent(symbol, this::open);
  }

  private int open(String symbol) {
    int slot = used.nextClearBit(0);
    used.set(slot);
    if (slot >= histories.length) {
      int size = slot + 1 + slot / 2;
      histories = Arrays.copyOf(histories, size);
      entering = Arrays.copyOf(entering, size);
      leaving = Arrays.copyOf(leaving, size);
    }
    covariance.grow(used.length());
    histories[slot] = new ReturnHistory(symbol, settings, fixedPoint);
    return slot;
  }

  private void forget(
      long sample, int[] nodeSlots, Predicate<String> kept, Consumer<SampleRing> forgotten) {
    BitSet idle = (BitSet) used.clone();
    for (int slot : nodeSlots) {
      idle.clear(slot);
    }
    for (int slot = idle.nextSetBit(0); slot >= 0; slot = idle.nextSetBit(slot + 1)) {
      ReturnPages pages = histories[slot].pages();
      boolean over = pages.isOver(sample);
      if (!over && !kept.test(pages.symbol())) {
        forgotten.accept(histories[slot].returns());
        covariance.clear(slot);
        over = true;
      }
      if (over) {
        pages.clear();
        pages.drainTo(changes);
        slots.remove(pages.symbol());
        used.clear(slot);
        histories[slot] = null;
      }
    }
  }

  /** The 5 s returns of every symbol that the window still knows. */
  public List<SampleRing> returns() {
    return used.stream().mapToObj(slot -> histories[slot].returns()).toList();
  }

  public ReturnHistory history(int slot) {
    return histories[slot];
  }

  public RollingCovariance covariance() {
    return covariance;
  }

  /** Returns clamped since this object was made or restored. */
  public long clamps() {
    return fixedPoint.clamps();
  }

  /** Pages that changed and pages that may be deleted since the last call. */
  public PageChanges takeChanges() {
    for (int slot = used.nextSetBit(0); slot >= 0; slot = used.nextSetBit(slot + 1)) {
      histories[slot].pages().drainTo(changes);
    }
    PageChanges taken = changes.withoutRewritten();
    changes = new PageChanges();
    return taken;
  }

  /** Fills an empty window that ends at {@code sample} from saved pages. */
  public void restore(long sample, List<String> nodeIds, Iterable<ReturnPage> pages) {
    nodeIds.forEach(this::claim);
    for (ReturnPage page : pages) {
      int slot = claim(page.key().symbol());
      histories[slot].pages().load(page.key().number(), page.returns());
    }
    SampleRing[] windows = new SampleRing[histories.length];
    for (int slot = used.nextSetBit(0); slot >= 0; slot = used.nextSetBit(slot + 1)) {
      histories[slot].rebuild(sample);
      windows[slot] = histories[slot].returns();
    }
    covariance.rebuild(windows);
    fixedPoint.reset();
  }
}
