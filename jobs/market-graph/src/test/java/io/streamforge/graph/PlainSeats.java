package io.streamforge.graph;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.market.Utf8Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who has a seat, written down from its definition; nobody is forgotten. */
final class PlainSeats {
  private static final long DAY = 86_400_000_000L;

  private final GraphSettings settings;
  private final Map<String, Long> lastUs = new TreeMap<>(Utf8Order.INSTANCE);

  /** How long each has sampled without a break until then. */
  private final Map<String, Long> lengthUs = new HashMap<>();

  private final Set<String> seated = new HashSet<>();
  private List<String> leftOut = List.of();
  private long now;

  PlainSeats(GraphSettings settings) {
    this.settings = settings;
  }

  List<Node> of(long timeUs, List<Node> sampling, boolean due) {
    now = timeUs;
    for (Node node : sampling) {
      long before = timeUs - settings.intervalUs();
      boolean goesOn = lastUs.getOrDefault(node.id(), timeUs) == before;
      lengthUs.put(
          node.id(), goesOn ? Math.min(lengthUs.get(node.id()) + settings.intervalUs(), DAY) : 0);
      lastUs.put(node.id(), timeUs);
    }
    List<String> all = new ArrayList<>();
    lastUs.forEach(
        (id, last) -> {
          if (last == timeUs || (isListed(id) && timeUs - last <= DAY)) {
            all.add(id);
          }
        });
    all.sort( // stable: those that are alike stay in the order of their ids
        Comparator.comparing((String id) -> isListed(id) ? 0 : 1)
            .thenComparing(id -> lastUs.get(id) == timeUs ? -lengthUs.get(id) : 1));
    seated.retainAll(due ? Set.of() : all);
    for (String id : all) {
      if (seated.size() < settings.maxNodes()) {
        seated.add(id);
      }
    }
    leftOut = all.stream().filter(id -> !seated.contains(id) && lastUs.get(id) == timeUs).toList();
    return sampling.stream().filter(node -> seated.contains(node.id())).toList();
  }

  /** Whose returns are kept as of the last sample. */
  Set<String> keepingReturns() {
    Set<String> keeping = new HashSet<>(seated);
    List<String> silent = new ArrayList<>();
    lastUs.forEach(
        (id, last) -> {
          if (now - last <= DAY && isListed(id)) {
            keeping.add(id);
          } else if (now - last <= DAY && last < now) {
            silent.add(id);
          }
        });
    silent.sort(Comparator.comparing((String id) -> -lastUs.get(id))); // stable, as above
    keeping.addAll(silent.subList(0, Math.min(settings.maxNodes(), silent.size())));
    return keeping;
  }

  private boolean isListed(String id) {
    return settings.registry().lists(id);
  }

  List<String> leftOut() {
    return leftOut;
  }
}
