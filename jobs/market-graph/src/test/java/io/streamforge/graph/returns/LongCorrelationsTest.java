package io.streamforge.graph.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.MarketGraph;
import io.streamforge.graph.RandomMarket;
import io.streamforge.graph.filter.Candidates;
import io.streamforge.graph.filter.ChosenEdges;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphSnapshot;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Correlations over windows of an hour and a day, and over shorter ones that fill and overflow. */
class LongCorrelationsTest {
  private static final long SECOND = 1_000_000;

  /** Every return for ever, and sums over them made anew. */
  private static final class Plain {
    final ReturnSampling sampling;
    final Map<String, Map<Long, Integer>> returns = new HashMap<>();

    Plain(ReturnSampling sampling) {
      this.sampling = sampling;
    }

    void add(long sample, ReturnHistory node) {
      int value = node.returnOver(sampling.returnSamples(), sample, new FixedPoint());
      if (sample % sampling.stepSamples() == 0 && value != ReturnPage.MISSING) {
        returns
            .computeIfAbsent(node.symbol(), id -> new HashMap<>())
            .put(sample / sampling.stepSamples(), value);
      }
    }

    double correlation(long sample, String source, String target) {
      Map<Long, Integer> s = returns.getOrDefault(source, Map.of());
      Map<Long, Integer> t = returns.getOrDefault(target, Map.of());
      long newest = Math.floorDiv(sample, (long) sampling.stepSamples());
      long[] both =
          LongStream.rangeClosed(newest - sampling.size() + 1, newest)
              .filter(number -> s.containsKey(number) && t.containsKey(number))
              .toArray();
      return both.length < sampling.size() / 2.0
          ? Double.NaN
          : sum(both, s, t) / Math.sqrt(sum(both, s, s) * sum(both, t, t));
    }

    private static double sum(long[] numbers, Map<Long, Integer> a, Map<Long, Integer> b) {
      BigInteger sum = BigInteger.ZERO;
      for (long number : numbers) {
        sum =
            sum.add(BigInteger.valueOf(a.get(number)).multiply(BigInteger.valueOf(b.get(number))));
      }
      return sum.doubleValue();
    }
  }

  private static ChosenEdges randomEdges(int nodes, Random random) {
    LongStream.Builder pairs = LongStream.builder();
    for (int i = 0; i < nodes; i++) {
      for (int j = i + 1; j < nodes; j++) {
        if (random.nextBoolean()) {
          pairs.add(Candidates.pair(i, j));
        }
      }
    }
    return new ChosenEdges(pairs.build().toArray(), new BitSet());
  }

  /** Markets with gaps, nodes that leave and return, edges chosen anew, silences and restores. */
  @Property(tries = 100)
  void areThoseOfThePlainSums(@ForAll long seed) {
    RandomMarket market = new RandomMarket(seed);
    Random random = market.random();
    int stepSamples = 1 + random.nextInt(2);
    ReturnSampling sampling =
        new ReturnSampling(
            1 + random.nextInt(12), stepSamples, ReturnPage.SIZE + random.nextInt(70));
    Plain plain = new Plain(sampling);
    ReturnWindow window = new ReturnWindow(market.settings());
    LongCorrelations correlations = new LongCorrelations(sampling);
    Map<PageKey, int[]> stored = new HashMap<>();
    List<String> before = List.of();
    ChosenEdges edges = ChosenEdges.NONE;
    long last = market.timeUs() / market.settings().intervalUs();
    for (int i = 0; i < 600; i++) {
      List<Node> nodes = market.next();
      long sample = market.timeUs() / market.settings().intervalUs();
      List<ReturnHistory> histories = new ArrayList<>();
      for (int slot : window.advance(last, sample, nodes, id -> true, ring -> {})) {
        histories.add(window.history(slot));
        plain.add(sample, window.history(slot));
      }
      List<String> ids = nodes.stream().map(Node::id).toList();
      int[] places = ChosenEdges.places(before, ids);
      before = ids;
      edges = edges.renumbered(places);
      if (random.nextInt(10) == 0) {
        edges = randomEdges(nodes.size(), random);
      }
      if (random.nextInt(30) == 0) {
        save(correlations, stored);
      }
      if (random.nextInt(60) == 0) {
        save(correlations, stored);
        correlations = restored(sampling, last, stored);
      }
      last = sample;
      correlations.advance(
          sample, histories.toArray(ReturnHistory[]::new), edges, places, id -> true);
      for (int edge = 0; edge < edges.size(); edge++) {
        double expected =
            plain.correlation(sample, ids.get(edges.source(edge)), ids.get(edges.target(edge)));
        assertThat(correlations.of(edge)).isEqualTo(Double.valueOf(expected)); // NaN is NaN
      }
    }
  }

  private static void save(LongCorrelations correlations, Map<PageKey, int[]> stored) {
    PageChanges changes = correlations.returns().takeChanges();
    changes.changed().forEach(page -> stored.put(page.key(), page.returns()));
    changes.obsolete().forEach(stored::remove);
  }

  private static LongCorrelations restored(
      ReturnSampling sampling, long sample, Map<PageKey, int[]> stored) {
    LongCorrelations correlations = new LongCorrelations(sampling);
    correlations
        .returns()
        .restore(
            sample,
            stored.entrySet().stream()
                .map(page -> new ReturnPage(page.getKey(), page.getValue()))
                .toList());
    return correlations;
  }

  private static Node node(String id, double logReturn) {
    return new Node(id, BookStatus.LIVE, 1, logReturn, new float[0], List.of());
  }

  /** Two symbols of correlation 0.6; a third that is the first's opposite, but not always there. */
  @Test
  void existFromHalfAnHourAndHalfADayOn() {
    GraphSettings settings = new GraphSettings("market", SECOND, 8, 30, 10, 0, 10 * SECOND, 0);
    MarketGraph graph = new MarketGraph(settings);
    Random random = new Random(1);
    long sample = 0;
    for (long until : new long[] {1_803, 1_804, 43_199, 43_200, 100_000}) {
      while (++sample < until) {
        graph.advance(sample * SECOND, nodes(random, sample));
      }
      GraphSnapshot snapshot = graph.sample(sample * SECOND, nodes(random, sample));
      assertThat(snapshot.source()).containsExactly(0, 0, 1, 1, 2, 2);
      float[] related = snapshot.edgeAttributes()[0];
      float[] opposite = snapshot.edgeAttributes()[1];
      assertThat(Float.isNaN(related[1])).isEqualTo(until < 1_804);
      assertThat(Float.isNaN(related[2])).isEqualTo(until < 43_200);
      if (until == 100_000) {
        assertThat(related[1]).isCloseTo(0.6f, within(0.1f));
        assertThat(related[2]).isCloseTo(0.6f, within(0.04f));
        assertThat(opposite[1]).isEqualTo(-1);
        assertThat(opposite[2]).isNaN(); // of each of its bins of 12 s a return is missing
        assertThat(snapshot.edgeAttributes()[2]).startsWith(related[0], related[1], related[2]);
      }
    }
  }

  private static List<Node> nodes(Random random, long sample) {
    double own = random.nextGaussian() * 1e-4;
    double other = 0.6 * own + 0.8 * random.nextGaussian() * 1e-4;
    return List.of(
        node("a", own), node("b", other), node("c", sample % 12 == 0 ? Double.NaN : -own));
  }

  /** The most that 64 bits have to hold. */
  @Test
  void largestReturnsOfADayAreExact() {
    int size =
        ReturnSampling.oneDay(new GraphSettings("m", SECOND, 8, 30, 10, 0, SECOND, 0)).size();
    assertThat(size).isEqualTo(7_200);
    SampleRing up = new SampleRing(size);
    SampleRing down = new SampleRing(size);
    for (int number = 0; number < size; number++) {
      up.put(number, FixedPoint.LIMIT);
      down.put(number, -FixedPoint.LIMIT);
    }
    RollingMoments moments = RollingMoments.of(up, down);
    assertThat(moments.correlation()).isEqualTo(-1);
    moments.leave(FixedPoint.LIMIT, -FixedPoint.LIMIT);
    moments.enter(FixedPoint.LIMIT, -FixedPoint.LIMIT);
    assertThat(moments.correlation()).isEqualTo(-1);
  }
}
