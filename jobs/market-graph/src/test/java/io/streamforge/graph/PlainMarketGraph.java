package io.streamforge.graph;

import io.streamforge.graph.filter.Candidates;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.mid.MidChange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a market graph must say, written down from its definition. Every return is kept for ever,
 * but for those of instruments that lose them. Every number is made anew from the returns, and the
 * filter sees the full matrix.
 */
final class PlainMarketGraph {
  private static final BigInteger LIMIT = BigInteger.TWO.pow(25);

  /** One pair's returns in the samples of the window in which both exist, oldest first. */
  private record Common(List<Long> ages, List<BigInteger> source, List<BigInteger> target) {

    double correlation() {
      return products(source, target).doubleValue()
          / Math.sqrt(
              products(source, source).doubleValue() * products(target, target).doubleValue());
    }

    /** {@code overlap}: grid returns in a return. */
    double t(int overlap) {
      NavigableMap<Long, Double> byAge = new TreeMap<>(Comparator.reverseOrder());
      for (int i = 0; i < source.size(); i++) {
        byAge.put(ages.get(i), source.get(i).multiply(target.get(i)).doubleValue());
      }
      double neighbours = 0;
      int bandwidth = 2 * overlap - 1;
      for (int lag = 1; lag < bandwidth; lag++) {
        neighbours += (1 - (double) lag / bandwidth) * lagged(byAge, lag);
      }
      double squares = lagged(byAge, 0);
      double variance = Math.max(squares, squares + 2 * neighbours);
      return products(source, target).doubleValue() / Math.sqrt(variance);
    }

    private static double lagged(Map<Long, Double> oldestFirst, long lag) {
      double sum = 0;
      for (Map.Entry<Long, Double> now : oldestFirst.entrySet()) {
        sum += now.getValue() * oldestFirst.getOrDefault(now.getKey() + lag, 0.0);
      }
      return sum;
    }

    double ewma(long intervalUs) {
      double st = 0;
      double ss = 0;
      double tt = 0;
      for (int i = 0; i < ages.size(); i++) {
        double weight = StrictMath.pow(2, -(double) ages.get(i) * intervalUs / 60e6);
        st += weight * source.get(i).multiply(target.get(i)).doubleValue();
        ss += weight * source.get(i).pow(2).doubleValue();
        tt += weight * target.get(i).pow(2).doubleValue();
      }
      return st / Math.sqrt(ss * tt);
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

  /** An increment of a log mid over (startUs, endUs]. */
  private record Increment(long startUs, long endUs, long size) {}

  private static final int[] SHIFTS_MS = {0, 100, 200, 300, 500, 1000, 2000};

  private final GraphSettings settings;
  private final Map<String, List<Increment>> increments = new HashMap<>();
  private final Map<Long, List<String>> nodesBySample = new HashMap<>();
  private final Map<String, NavigableMap<Long, BigInteger>> gridReturns = new HashMap<>();
  private final Map<String, NavigableMap<Long, BigInteger>> returns = new HashMap<>();

  /** By the sample that ends them. */
  private final Map<String, NavigableMap<Long, BigInteger>> binReturns = new HashMap<>();

  private final PlainSeats seats;
  private List<String> before = List.of();
  private long lastUs = Long.MIN_VALUE;

  /** Chosen pairs of ids, and whether each is of the tree. */
  private Map<List<String>, Boolean> chosen = Map.of();

  PlainMarketGraph(GraphSettings settings) {
    this.settings = settings;
    this.seats = new PlainSeats(settings);
  }

  GraphSnapshot sample(long timeUs, List<Node> sampling) {
    return snapshot(timeUs, follow(timeUs, sampling), before);
  }

  /** The same without saying anything; returns the nodes. */
  List<Node> follow(long timeUs, List<Node> sampling) {
    boolean due =
        lastUs == Long.MIN_VALUE
            || Math.floorDiv(timeUs, settings.rewireIntervalUs())
                != Math.floorDiv(lastUs, settings.rewireIntervalUs());
    List<Node> nodes = seats.of(timeUs, sampling, due);
    long sample = timeUs / settings.intervalUs();
    for (Node node : nodes) {
      add(sample, node);
      for (MidChange change : node.changes()) {
        long size =
            clamp(BigInteger.valueOf((long) Math.rint(change.logReturn() * 1e8))).longValue();
        long endUs = change.timeUs();
        increments
            .computeIfAbsent(node.id(), id -> new ArrayList<>())
            .add(new Increment(endUs - change.heldUs(), endUs, size));
      }
    }
    increments
        .values()
        .forEach(of -> of.removeIf(increment -> increment.endUs() < timeUs - 300_000_000));
    Set<String> keeping = seats.keepingReturns();
    gridReturns.keySet().retainAll(keeping);
    returns.keySet().retainAll(keeping);
    binReturns.keySet().retainAll(keeping);
    List<String> ids = nodes.stream().map(Node::id).toList();
    nodesBySample.put(sample, ids);
    if (due || !ids.containsAll(before)) {
      chosen = choose(sample, ids);
    }
    before = ids;
    lastUs = timeUs;
    return nodes;
  }

  private void add(long sample, Node node) {
    if (Double.isNaN(node.logReturn())) {
      return;
    }
    NavigableMap<Long, BigInteger> grid =
        gridReturns.computeIfAbsent(node.id(), id -> new TreeMap<>());
    double rounded = Math.rint(node.logReturn() * 1e8);
    grid.put(sample, clamp(BigInteger.valueOf((long) rounded)));
    addSum(settings.returnSamples(), sample, node.id(), returns);
    if (sample % binSamples() == 0) {
      addSum(binSamples(), sample, node.id(), binReturns);
    }
  }

  private void addSum(
      int samples, long sample, String id, Map<String, NavigableMap<Long, BigInteger>> to) {
    Map<Long, BigInteger> last = gridReturns.get(id).subMap(sample - samples, false, sample, true);
    if (last.size() == samples) {
      BigInteger sum = last.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
      to.computeIfAbsent(id, any -> new TreeMap<>()).put(sample, clamp(sum));
    }
  }

  /** 12 s, or 15 s where samples are of 2.5 s or 5 s. */
  private int binSamples() {
    return (int)
        ((settings.intervalUs() > 1_000_000 ? 15_000_000 : 12_000_000) / settings.intervalUs());
  }

  private static BigInteger clamp(BigInteger value) {
    return value.min(LIMIT).max(LIMIT.negate());
  }

  private Map<List<String>, Boolean> choose(long sample, List<String> ids) {
    int size = ids.size();
    double[][] strengths = new double[size][size];
    boolean[][] allowed = new boolean[size][size];
    boolean[][] significant = new boolean[size][size];
    boolean[][] above = new boolean[size][size];
    double level = Math.max(settings.minT(), NormalQuantile.ofNeighbours(size));
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        Common pair = common(returns, sample, ids.get(i), ids.get(j));
        strengths[i][j] = Math.abs(pair.correlation());
        allowed[i][j] =
            pair.source().size() >= settings.minObservations()
                && pair.moves() >= settings.minMoves();
        double t = Math.abs(pair.t(settings.returnSamples()));
        significant[i][j] = allowed[i][j] && t > level;
        above[i][j] = allowed[i][j] && (settings.minT() == 0 || t > settings.minT());
      }
    }
    Matrix matrix = new Matrix(strengths, allowed, significant);
    Matrix strong = new Matrix(strengths, above);
    Set<Long> forest = LongStream.of(matrix.forest()).boxed().collect(Collectors.toSet());
    Set<Long> kept =
        switch (settings.filter()) {
          case MST -> forest;
          case KNN -> neighbours(matrix);
          case MST_KNN ->
              Stream.of(forest, neighbours(matrix))
                  .flatMap(Set::stream)
                  .collect(Collectors.toSet());
          case THRESHOLD -> atLeast(strong, settings.threshold());
          case ALL -> atLeast(strong, 0);
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
      Map<String, NavigableMap<Long, BigInteger>> of, long sample, String source, String target) {
    return common(of, sample, settings.windowSamples(), source, target);
  }

  private static Common common(
      Map<String, NavigableMap<Long, BigInteger>> of,
      long sample,
      int window,
      String source,
      String target) {
    NavigableMap<Long, BigInteger> none = new TreeMap<>();
    Map<Long, BigInteger> s =
        of.getOrDefault(source, none).subMap(sample - window, false, sample, true);
    Map<Long, BigInteger> t = of.getOrDefault(target, none);
    List<Long> samples = s.keySet().stream().filter(t::containsKey).toList();
    return new Common(
        samples.stream().map(at -> sample - at).toList(),
        samples.stream().map(s::get).toList(),
        samples.stream().map(t::get).toList());
  }

  private GraphSnapshot snapshot(long timeUs, List<Node> nodes, List<String> ids) {
    long sample = timeUs / settings.intervalUs();
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
        Common common = common(returns, sample, ids.get(i), ids.get(j));
        sources.add(i);
        targets.add(j);
        attributes.add(
            attributes(
                common,
                oneHour(sample, ids.get(i), ids.get(j)),
                oneDay(sample, ids.get(i), ids.get(j)),
                common(gridReturns, sample, ids.get(i), ids.get(j)),
                leadLag(sample, ids.get(i), ids.get(j)),
                inTree,
                venue(ids.get(i)).equals(venue(ids.get(j)))));
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
        settings.publishIntervalUs(),
        timeUs + settings.availabilityDelayUs(),
        nodes.stream().map(node -> node.with(betaOnMarket(sample, node.id()))).toList(),
        sources.stream().mapToInt(i -> i).toArray(),
        targets.stream().mapToInt(i -> i).toArray(),
        attributes.toArray(float[][]::new),
        new float[] {
          (float) ((double) live / nodes.size()),
          (float) (sum / count),
          (float) (treeSum / treeCount),
          (float) firstEigenvalueShare(sample, ids)
        },
        seats.leftOut().size(),
        seats.leftOut().stream().limit(20).toList());
  }

  private double firstEigenvalueShare(long sample, List<String> ids) {
    List<String> varying =
        ids.stream()
            .filter(id -> enough(common(returns, sample, id, id)))
            .filter(id -> common(returns, sample, id, id).correlation() > 0)
            .toList();
    int size = varying.size();
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        Common pair = common(returns, sample, varying.get(i), varying.get(j));
        double correlation = enough(pair) ? pair.correlation() : Double.NaN;
        matrix[i][j] = i == j ? 1 : Double.isNaN(correlation) ? 0 : correlation;
      }
    }
    return size < 2 ? Double.NaN : Eigenvalue.largest(matrix) / size;
  }

  private double oneHour(long sample, String source, String target) {
    int size = (int) (3_600_000_000L / settings.intervalUs());
    Common pair = common(returns, sample, size, source, target);
    return pair.source().size() < (size + 1) / 2 ? Double.NaN : pair.correlation();
  }

  private double oneDay(long sample, String source, String target) {
    int size = (int) (86_400_000_000L / settings.intervalUs() / binSamples());
    long lastBin = Math.floorDiv(sample, binSamples()) * binSamples();
    Common pair = common(binReturns, lastBin, size * binSamples(), source, target);
    return pair.source().size() < (size + 1) / 2 ? Double.NaN : pair.correlation();
  }

  private boolean enough(Common pair) {
    return pair.source().size() >= settings.minObservations();
  }

  private double betaOnMarket(long sample, String id) {
    NavigableMap<Long, BigInteger> none = new TreeMap<>();
    double products = 0;
    double squares = 0;
    int observations = 0;
    for (Map.Entry<Long, BigInteger> own :
        returns
            .getOrDefault(id, none)
            .subMap(sample - settings.windowSamples(), false, sample, true)
            .entrySet()) {
      List<BigInteger> others =
          nodesBySample.get(own.getKey()).stream()
              .filter(other -> !other.equals(id))
              .map(other -> returns.getOrDefault(other, none).get(own.getKey()))
              .filter(Objects::nonNull)
              .toList();
      if (!others.isEmpty()) {
        BigInteger sum = others.stream().reduce(BigInteger.ZERO, BigInteger::add);
        double mean = sum.doubleValue() / others.size();
        products += own.getValue().doubleValue() * mean;
        squares += mean * mean;
        observations++;
      }
    }
    return observations < 30 ? Double.NaN : products / squares;
  }

  /** hy_correlation_5m, lead_ms and lead_lag_asymmetry. */
  private double[] leadLag(long sample, String source, String target) {
    List<Increment> s = increments.getOrDefault(source, List.of());
    List<Increment> t = increments.getOrDefault(target, List.of());
    if (s.size() < 50 || t.size() < 50) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
    double variances =
        (double) s.stream().mapToLong(i -> i.size() * i.size()).sum()
            * (double) t.stream().mapToLong(i -> i.size() * i.size()).sum();
    double best = 0;
    double lead = 0;
    double sourceLeads = 0;
    double targetLeads = 0;
    double unshifted = overlap(s, t, 0) / Math.sqrt(variances);
    for (int shift : SHIFTS_MS) {
      double ahead = Math.abs(overlap(s, t, shift) / Math.sqrt(variances));
      double behind = Math.abs(overlap(s, t, -shift) / Math.sqrt(variances));
      if (Math.max(ahead, behind) > best) {
        best = Math.max(ahead, behind);
        lead = ahead == behind ? 0 : ahead > behind ? shift : -shift;
      }
      sourceLeads += shift == 0 ? 0 : ahead * ahead;
      targetLeads += shift == 0 ? 0 : behind * behind;
    }
    double variancesOnGrid = variance(sample, source) * variance(sample, target);
    double correlation =
        variances > 0 && variancesOnGrid > 0
            ? Math.max(-1, Math.min(1, overlap(s, t, 0) / Math.sqrt(variancesOnGrid)))
            : Double.NaN;
    double noise = Math.sqrt(1.0 / s.size() + 1.0 / t.size());
    if (best < 4 * noise || Double.isNaN(unshifted)) {
      return new double[] {correlation, Double.NaN, Double.NaN};
    }
    return new double[] {
      correlation,
      best - Math.abs(unshifted) < 2 * noise ? 0 : lead,
      (sourceLeads - targetLeads) / (sourceLeads + targetLeads)
    };
  }

  private double variance(long sample, String id) {
    Common own = common(gridReturns, sample, id, id);
    return Common.products(own.source(), own.source()).doubleValue();
  }

  private static long overlap(List<Increment> source, List<Increment> target, int shiftMs) {
    long sum = 0;
    for (Increment s : source) {
      for (Increment t : target) {
        if (Math.max(s.startUs(), t.startUs() - shiftMs * 1000L)
            < Math.min(s.endUs(), t.endUs() - shiftMs * 1000L)) {
          sum += s.size() * t.size();
        }
      }
    }
    return sum;
  }

  private static String venue(String id) {
    return id.substring(0, id.indexOf(':') + 1);
  }

  private float[] attributes(
      Common pair,
      double oneHour,
      double oneDay,
      Common grid,
      double[] leadLag,
      boolean inTree,
      boolean sameVenue) {
    return new float[] {
      (float) (enough(pair) ? pair.correlation() : Double.NaN),
      (float) oneHour,
      (float) oneDay,
      (float) (enough(pair) ? pair.t(settings.returnSamples()) : Double.NaN),
      (float) (enough(grid) ? grid.correlation() : Double.NaN),
      (float) (enough(pair) ? pair.ewma(settings.intervalUs()) : Double.NaN),
      (float) (enough(pair) ? pair.beta() : Double.NaN),
      (float) leadLag[0],
      (float) leadLag[1],
      (float) leadLag[2],
      pair.source().size(),
      pair.moves(),
      inTree ? 1 : 0,
      Float.NaN,
      Float.NaN,
      sameVenue ? 1 : 0
    };
  }
}
