package io.streamforge.graph;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a market graph must say, written down from its definition: every return is kept for ever,
 * every number is made anew from them, and the filter sees the full matrix.
 */
final class PlainMarketGraph {
  private static final BigInteger LIMIT = BigInteger.TWO.pow(25);

  /** One pair's returns in the ticks of the window in which both exist, oldest first. */
  private record Common(List<BigInteger> source, List<BigInteger> target) {

    double correlation() {
      return products(source, target).doubleValue()
          / Math.sqrt(
              products(source, source).doubleValue() * products(target, target).doubleValue());
    }

    double t() {
      double squares = 0;
      for (int i = 0; i < source.size(); i++) {
        double product = source.get(i).multiply(target.get(i)).doubleValue();
        squares += product * product;
      }
      return products(source, target).doubleValue() / Math.sqrt(squares);
    }

    double beta() {
      return products(source, target).doubleValue() / products(source, source).doubleValue();
    }

    int moves() {
      int moves = 0;
      for (int i = 0; i < source.size(); i++) {
        moves += source.get(i).signum() != 0 && target.get(i).signum() != 0 ? 1 : 0;
      }
      return moves;
    }

    private static BigInteger products(List<BigInteger> a, List<BigInteger> b) {
      BigInteger sum = BigInteger.ZERO;
      for (int i = 0; i < a.size(); i++) {
        sum = sum.add(a.get(i).multiply(b.get(i)));
      }
      return sum;
    }
  }

  private final GraphSettings settings;
  private final Map<String, NavigableMap<Long, BigInteger>> gridReturns = new HashMap<>();
  private final Map<String, NavigableMap<Long, BigInteger>> returns = new HashMap<>();
  private List<String> before = List.of();
  private long lastUs = Long.MIN_VALUE;

  /** Chosen pairs of ids, and whether each is of the tree. */
  private Map<List<String>, Boolean> chosen = Map.of();

  PlainMarketGraph(GraphSettings settings) {
    this.settings = settings;
  }

  GraphSnapshot tick(long timeUs, List<Node> nodes) {
    long tick = timeUs / settings.intervalUs();
    for (Node node : nodes) {
      add(tick, node);
    }
    List<String> ids = nodes.stream().map(Node::id).toList();
    boolean due =
        lastUs == Long.MIN_VALUE
            || Math.floorDiv(timeUs, settings.rewireIntervalUs())
                != Math.floorDiv(lastUs, settings.rewireIntervalUs());
    if (due || !ids.containsAll(before)) {
      chosen = choose(tick, ids);
    }
    before = ids;
    lastUs = timeUs;
    return snapshot(timeUs, nodes, ids);
  }

  private void add(long tick, Node node) {
    if (Double.isNaN(node.logReturn())) {
      return;
    }
    NavigableMap<Long, BigInteger> grid =
        gridReturns.computeIfAbsent(node.id(), id -> new TreeMap<>());
    double rounded = Math.rint(node.logReturn() * 1e8);
    grid.put(tick, clamp(BigInteger.valueOf((long) rounded)));
    Map<Long, BigInteger> last = grid.subMap(tick - settings.returnTicks(), false, tick, true);
    if (last.size() == settings.returnTicks()) {
      BigInteger sum = last.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
      returns.computeIfAbsent(node.id(), id -> new TreeMap<>()).put(tick, clamp(sum));
    }
  }

  private static BigInteger clamp(BigInteger value) {
    return value.min(LIMIT).max(LIMIT.negate());
  }

  private Map<List<String>, Boolean> choose(long tick, List<String> ids) {
    int size = ids.size();
    double[][] strengths = new double[size][size];
    boolean[][] allowed = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        Common pair = common(returns, tick, ids.get(i), ids.get(j));
        strengths[i][j] = Math.abs(pair.correlation());
        allowed[i][j] =
            pair.source().size() >= settings.minObservations()
                && pair.moves() >= settings.minMoves()
                && (settings.minT() == 0 || Math.abs(pair.t()) >= settings.minT());
      }
    }
    Matrix matrix = new Matrix(strengths, allowed);
    Set<Long> forest = LongStream.of(matrix.forest()).boxed().collect(Collectors.toSet());
    Set<Long> kept =
        switch (settings.filter()) {
          case MST -> forest;
          case KNN -> neighbours(matrix);
          case MST_KNN ->
              Stream.of(forest, neighbours(matrix))
                  .flatMap(Set::stream)
                  .collect(Collectors.toSet());
          case THRESHOLD -> atLeast(matrix, settings.threshold());
          case ALL -> atLeast(matrix, 0);
        };
    Map<List<String>, Boolean> pairs = new HashMap<>();
    for (long pair : kept) {
      pairs.put(ids(ids, pair), forest.contains(pair));
    }
    return pairs;
  }

  private Set<Long> neighbours(Matrix matrix) {
    return LongStream.of(matrix.neighbours(settings.neighbours()))
        .boxed()
        .collect(Collectors.toSet());
  }

  private static Set<Long> atLeast(Matrix matrix, double threshold) {
    return LongStream.of(matrix.strongest(threshold, Integer.MAX_VALUE))
        .boxed()
        .collect(Collectors.toSet());
  }

  private static List<String> ids(List<String> ids, long pair) {
    return List.of(ids.get(Candidates.source(pair)), ids.get(Candidates.target(pair)));
  }

  private Common common(
      Map<String, NavigableMap<Long, BigInteger>> of, long tick, String source, String target) {
    NavigableMap<Long, BigInteger> none = new TreeMap<>();
    Map<Long, BigInteger> s =
        of.getOrDefault(source, none).subMap(tick - settings.windowTicks(), false, tick, true);
    Map<Long, BigInteger> t = of.getOrDefault(target, none);
    List<Long> ticks = s.keySet().stream().filter(t::containsKey).toList();
    return new Common(ticks.stream().map(s::get).toList(), ticks.stream().map(t::get).toList());
  }

  private GraphSnapshot snapshot(long timeUs, List<Node> nodes, List<String> ids) {
    long tick = timeUs / settings.intervalUs();
    List<Integer> sources = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    List<float[]> attributes = new ArrayList<>();
    double sum = 0;
    double treeSum = 0;
    int count = 0;
    int treeCount = 0;
    for (int i = 0; i < ids.size(); i++) {
      for (int j = 0; j < ids.size(); j++) {
        List<String> pair = List.of(ids.get(Math.min(i, j)), ids.get(Math.max(i, j)));
        if (!chosen.containsKey(pair)) {
          continue;
        }
        boolean inTree = chosen.get(pair);
        Common common = common(returns, tick, ids.get(i), ids.get(j));
        sources.add(i);
        targets.add(j);
        attributes.add(
            attributes(common, common(gridReturns, tick, ids.get(i), ids.get(j)), inTree));
        double correlation = Math.abs(enough(common) ? common.correlation() : Double.NaN);
        if (i < j && !Double.isNaN(correlation)) {
          sum += correlation;
          count++;
          treeSum += inTree ? correlation : 0;
          treeCount += inTree ? 1 : 0;
        }
      }
    }
    long live = nodes.stream().filter(node -> node.book().text().equals("live")).count();
    return new GraphSnapshot(
        settings.name(),
        timeUs,
        settings.intervalUs(),
        timeUs + settings.availabilityDelayUs(),
        nodes,
        sources.stream().mapToInt(i -> i).toArray(),
        targets.stream().mapToInt(i -> i).toArray(),
        attributes.toArray(float[][]::new),
        new float[] {
          (float) ((double) live / nodes.size()),
          (float) (sum / count),
          (float) (treeSum / treeCount)
        });
  }

  private boolean enough(Common pair) {
    return pair.source().size() >= settings.minObservations();
  }

  private float[] attributes(Common pair, Common grid, boolean inTree) {
    return new float[] {
      (float) (enough(pair) ? pair.correlation() : Double.NaN),
      (float) (enough(pair) ? pair.t() : Double.NaN),
      (float) (enough(grid) ? grid.correlation() : Double.NaN),
      (float) (enough(pair) ? pair.beta() : Double.NaN),
      pair.source().size(),
      pair.moves(),
      inTree ? 1 : 0
    };
  }
}
