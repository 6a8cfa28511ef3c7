package io.streamforge.engine;

import io.streamforge.market.Instrument;
import io.streamforge.market.Utf8Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The instruments of a home, by id and in the order of their ids' UTF-8 bytes. */
public final class InstrumentIndex<K extends KeptInstrument> {
  private final Comparator<K> byIdOrder =
      Comparator.comparing(kept -> kept.state().instrument().id(), Utf8Order.INSTANCE);
  private final Map<String, K> byId = new HashMap<>();
  private final List<K> inOrder = new ArrayList<>();
  private final List<K> inOrderView = Collections.unmodifiableList(inOrder);

  /** An instrument, null if it is not here. */
  public K get(Instrument instrument) {
    return byId.get(instrument.id());
  }

  /** Adds an instrument that is not here. */
  public void add(K kept) {
    byId.put(kept.state().instrument().id(), kept);
    inOrder.add(-Collections.binarySearch(inOrder, kept, byIdOrder) - 1, kept);
  }

  /** Those that are here, in order; a view. */
  public List<K> inOrder() {
    return inOrderView;
  }

  /** Removes those that are forgotten by {@code completeUs}, and returns them. */
  public List<K> removeForgotten(long completeUs) {
    Predicate<K> forgotten = kept -> kept.state().isForgottenAt(completeUs);
    if (inOrder.stream().noneMatch(forgotten)) { // mostly
      return List.of();
    }
    List<K> removed = inOrder.stream().filter(forgotten).toList();
    inOrder.removeIf(forgotten);
    removed.forEach(kept -> byId.remove(kept.state().instrument().id()));
    return removed;
  }
}
