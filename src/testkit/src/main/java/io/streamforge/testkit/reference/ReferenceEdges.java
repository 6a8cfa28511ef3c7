package io.streamforge.testkit.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The edges of the graph, filter {@code mst+knn}, over the full matrix. */
final class ReferenceEdges {
  private static final int NEIGHBOURS = 8;
  private static final int MIN_OBSERVATIONS = 30;
  private static final int MIN_MOVES = 10;
  private static final int WINDOW = 300;
  private static final int HOUR = 3_600;
  private static final int DAY = 86_400;
  private static final int BIN = 12;

  /** Two instruments, the smaller id first. */
  private record Pair(ReferenceInstrument smaller, ReferenceInstrument larger) {
    boolean has(ReferenceInstrument one) {
      return one == smaller || one == larger;
    }
  }

  /** Sums over the samples of the window in which both have a return. */
  private static final class Sums {
    private long st;
    private long ss;
    private long tt;
    private final NavigableMap<Long, Long> products = new TreeMap<>();
    private double recentSt;
    private double recentSs;
    private double recentTt;
    private int observations;
    private int moves;

    Sums(NavigableMap<Long, Long> s, NavigableMap<Long, Long> t, long sample, int samples) {
      for (Map.Entry<Long, Long> one : ReferenceInstrument.window(s, sample, samples).entrySet()) {
        Long y = t.get(one.getKey());
        if (y == null) {
          continue;
        }
        long x = one.getValue();
        long product = x * y;
        st += product;
        ss += x * x;
        tt += y * y;
        products.put(one.getKey(), product);
        long ageSeconds = (sample - one.getKey()) / ReferenceInstrument.SECOND;
        double weight = StrictMath.pow(2, -ageSeconds / 60.0);
        recentSt += weight * product;
        recentSs += weight * (x * x);
        recentTt += weight * (y * y);
        observations++;
        moves += x != 0 && y != 0 ? 1 : 0;
      }
    }

    boolean vary() {
      return ss > 0 && tt > 0;
    }

    Double correlation(int needed) {
      return observations >= needed ? correlation() : null;
    }

    Double correlation() {
      return vary() ? st / StrictMath.sqrt((double) ss * (double) tt) : null;
    }
  }

  /** The edges chosen last; true for those of the forest. */
  private Map<Pair, Boolean> chosen = new HashMap<>();

  private List<ReferenceInstrument> nodesBefore = List.of();

  /** The edges as of a sample, both directions, by source and target; nodes sorted by id. */
  List<ReferenceMarket.Edge> advance(long sample, List<ReferenceInstrument> nodes) {
    if (sample % (10 * ReferenceInstrument.SECOND) == 0 || !nodes.containsAll(nodesBefore)) {
      chosen = choose(sample, nodes);
    }
    nodesBefore = nodes;
    List<ReferenceMarket.Edge> edges = new ArrayList<>();
    for (ReferenceInstrument source : nodes) {
      for (ReferenceInstrument target : nodes) {
        Boolean inTree = chosen.get(new Pair(source, target));
        inTree = inTree == null ? chosen.get(new Pair(target, source)) : inTree;
        if (inTree != null) {
          edges.add(edge(source, target, inTree, sample));
        }
      }
    }
    return edges;
  }

  private static ReferenceMarket.Edge edge(
      ReferenceInstrument source, ReferenceInstrument target, boolean inTree, long sample) {
    Sums five = new Sums(source.fiveSecondReturns(), target.fiveSecondReturns(), sample, WINDOW);
    Sums one = new Sums(source.fixedReturns(), target.fixedReturns(), sample, WINDOW);
    Sums hour = new Sums(source.fiveSecondReturns(), target.fiveSecondReturns(), sample, HOUR);
    long lastBin = sample - Math.floorMod(sample, BIN * ReferenceInstrument.SECOND);
    Sums day = new Sums(source.twelveSecondReturns(), target.twelveSecondReturns(), lastBin, DAY);
    boolean enough = five.observations >= MIN_OBSERVATIONS;
    Features values = new Features();
    values.put("correlation_5m", enough ? five.correlation() : null);
    values.put("correlation_1h", hour.correlation(HOUR / 2));
    values.put("correlation_24h", day.correlation(DAY / BIN / 2));
    values.put("correlation_t_5m", enough ? ReferenceSignificance.t(five.products) : null);
    values.put("correlation_1s_5m", one.correlation(MIN_OBSERVATIONS));
    values.put(
        "ewma_correlation",
        enough && five.vary()
            ? (Double) (five.recentSt / StrictMath.sqrt(five.recentSs * five.recentTt))
            : null);
    values.put("beta_5m", enough && five.ss > 0 ? (Double) ((double) five.st / five.ss) : null);
    new ReferenceLeadLag(source, target, sample).putInto(values);
    values.put("observations", (double) five.observations);
    values.put("moves", (double) five.moves);
    values.put("in_tree", inTree ? 1.0 : 0.0);
    values.put("same_base", (Double) null);
    values.put("same_quote", (Double) null);
    String venue = source.id().substring(0, source.id().indexOf(':') + 1);
    values.put("same_venue", target.id().startsWith(venue) ? 1.0 : 0.0);
    return new ReferenceMarket.Edge(source.id(), target.id(), values.asMap());
  }

  private static Map<Pair, Boolean> choose(long sample, List<ReferenceInstrument> nodes) {
    Map<Pair, Double> strength = new HashMap<>();
    Set<Pair> significant = new HashSet<>();
    double level = ReferenceSignificance.level(nodes.size());
    List<Pair> candidates = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        Pair pair = new Pair(nodes.get(i), nodes.get(j));
        Sums sums =
            new Sums(
                pair.smaller.fiveSecondReturns(), pair.larger.fiveSecondReturns(), sample, WINDOW);
        if (sums.observations >= MIN_OBSERVATIONS && sums.moves >= MIN_MOVES && sums.vary()) {
          strength.put(pair, Math.abs(sums.correlation()));
          candidates.add(pair);
          if (Math.abs(ReferenceSignificance.t(sums.products)) > level) {
            significant.add(pair);
          }
        }
      }
    }
    // A stable sort: ties stay in the order of (smaller id, larger id).
    candidates.sort(Comparator.comparing(strength::get, Comparator.reverseOrder()));
    Map<Pair, Boolean> edges = new HashMap<>();
    for (ReferenceInstrument node : nodes) {
      candidates.stream()
          .filter(pair -> pair.has(node) && significant.contains(pair))
          .limit(NEIGHBOURS)
          .forEach(pair -> edges.put(pair, false));
    }
    Map<ReferenceInstrument, Set<ReferenceInstrument>> trees = new HashMap<>();
    for (ReferenceInstrument node : nodes) {
      trees.put(node, new HashSet<>(Set.of(node)));
    }
    for (Pair pair : candidates) {
      Set<ReferenceInstrument> tree = trees.get(pair.smaller);
      if (!tree.contains(pair.larger)) {
        edges.put(pair, true);
        tree.addAll(trees.get(pair.larger));
        tree.forEach(node -> trees.put(node, tree));
      }
    }
    return edges;
  }
}
