package io.streamforge.graph.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.graph.Matrix;
import io.streamforge.market.Utf8Order;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The tree and the neighbours against the full matrix, and against a published tree. */
class EdgeFilterTest {

  @Property
  void forestIsThatOfKruskal(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int size,
      @ForAll @IntRange(max = 6) int values) {
    Matrix matrix = random(new Random(seed), size, values);
    for (int known : new int[] {1, 3}) {
      LinkList links = NearestNeighbours.of(matrix, matrix::mayBeNeighbour, known, new long[0]);
      assertThat(SpanningForest.of(matrix, links)).isEqualTo(matrix.forest());
    }
    assertThat(SpanningForest.of(matrix, new LinkList(0))).isEqualTo(matrix.forest());
  }

  @Property
  void neighboursAreThoseOfTheSortedRows(
      @ForAll long seed,
      @ForAll @IntRange(max = 14) int size,
      @ForAll @IntRange(max = 6) int values,
      @ForAll @IntRange(min = 1, max = 9) int limit) {
    Matrix matrix = random(new Random(seed), size, values);
    long[] some = matrix.neighbours(1 + size / 4);
    for (long[] expected : List.of(new long[0], some)) {
      assertThat(
              NearestNeighbours.of(matrix, matrix::mayBeNeighbour, limit, expected).sortedPairs())
          .isEqualTo(matrix.neighbours(limit));
    }
  }

  @Property
  void strongestAreTheFirstOfAll(
      @ForAll long seed,
      @ForAll @IntRange(max = 14) int size,
      @ForAll @IntRange(max = 6) int values,
      @ForAll @IntRange(min = 1, max = 100) int limit) {
    Random random = new Random(seed);
    Matrix matrix = random(random, size, values);
    double threshold = random.nextInt(5) / 5.0;
    assertThat(StrongestPairs.of(matrix, threshold, limit))
        .isEqualTo(matrix.strongest(threshold, limit));
  }

  private static Matrix alike(int size) {
    double[][] strengths = new double[size][size];
    boolean[][] allowed = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      Arrays.fill(strengths[i], 0.9);
      Arrays.fill(allowed[i], true);
    }
    return new Matrix(strengths, allowed);
  }

  @Test
  void everyPairOrTheStrongest() {
    assertThat(EdgeFilter.ALL.choose(alike(501), 8, 0.5, new long[0]).size()).isEqualTo(125_250);
    ChosenEdges strongest = EdgeFilter.THRESHOLD.choose(alike(501), 8, 0.5, new long[0]);
    assertThat(strongest.size()).isEqualTo(124_750);
  }

  @Property(tries = 200)
  void noFilterKeepsMoreThanItsMost(
      @ForAll EdgeFilter filter, @ForAll long seed, @ForAll @IntRange(max = 30) int size) {
    Matrix matrix = random(new Random(seed), size, 0);
    assertThat((long) filter.choose(matrix, 8, 0.5, new long[0]).size())
        .isLessThanOrEqualTo(filter.maxEdges(size, 8));
  }

  /** Few values, so that ties are many; none (0) is any value; some pairs have none at all. */
  private static Matrix random(Random random, int size, int values) {
    double[][] strengths = new double[size][size];
    boolean[][] allowed = new boolean[size][size];
    boolean[][] significant = new boolean[size][size];
    double forbidden = random.nextDouble() * 0.7;
    double chance = random.nextDouble() * 0.7;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        double value = values == 0 ? random.nextDouble() : random.nextInt(values) / (double) values;
        strengths[i][j] = random.nextInt(20) == 0 ? Double.NaN : value;
        strengths[j][i] = strengths[i][j];
        allowed[i][j] = random.nextDouble() >= forbidden;
        allowed[j][i] = allowed[i][j];
        significant[i][j] = allowed[i][j] && random.nextDouble() >= chance;
        significant[j][i] = significant[i][j];
      }
    }
    return new Matrix(strengths, allowed, significant);
  }

  /** A chain of the strongest; of the rest only one pair is no chance. */
  @Test
  void theForestKeepsItsEdgesAndNeighboursAreNoChance() {
    double[][] strengths = new double[4][4];
    boolean[][] allowed = new boolean[4][4];
    boolean[][] significant = new boolean[4][4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        strengths[i][j] = Math.abs(i - j) == 1 ? 0.5 : 0.1;
        allowed[i][j] = true;
        significant[i][j] = i + j == 3 && i * j == 0;
      }
    }
    Matrix matrix = new Matrix(strengths, allowed, significant);
    ChosenEdges both = EdgeFilter.MST_KNN.choose(matrix, 8, 0.5, new long[0]);
    assertThat(texts(both)).containsExactly("0-1 tree", "0-3", "1-2 tree", "2-3 tree");
    assertThat(texts(EdgeFilter.KNN.choose(matrix, 8, 0.5, new long[0]))).containsExactly("0-3");
    assertThat(EdgeFilter.MST.choose(matrix, 8, 0.5, new long[0]).size()).isEqualTo(3);
    assertThat(EdgeFilter.ALL.choose(matrix, 8, 0.5, new long[0]).size()).isEqualTo(6);
  }

  private static List<String> texts(ChosenEdges edges) {
    return IntStream.range(0, edges.size()).mapToObj(edge -> text(edges, edge)).toList();
  }

  @Test
  void unionSaysWhatIsOfTheTree() {
    ChosenEdges edges =
        ChosenEdges.union(
            new long[] {Candidates.pair(0, 1), Candidates.pair(2, 1)},
            new long[] {Candidates.pair(0, 1), Candidates.pair(0, 2)});
    assertThat(edges.size()).isEqualTo(3);
    assertThat(text(edges, 0)).isEqualTo("0-1 tree");
    assertThat(text(edges, 1)).isEqualTo("0-2");
    assertThat(text(edges, 2)).isEqualTo("1-2 tree");
  }

  private static String text(ChosenEdges edges, int edge) {
    return edges.source(edge) + "-" + edges.target(edge) + (edges.inTree(edge) ? " tree" : "");
  }

  /** Expected tree and length were computed with another library. */
  @Test
  void treeOfSevenCoins() throws IOException {
    JsonNode golden = golden();
    List<String> ids = new ArrayList<>();
    golden.get("nodes").forEach(id -> ids.add(id.textValue()));
    ids.sort(Utf8Order.INSTANCE);
    Matrix matrix = matrix(ids, golden.get("correlation"));

    long[] forest = SpanningForest.of(matrix, new LinkList(0));

    List<Long> expected = new ArrayList<>();
    golden
        .get("minimum_spanning_tree")
        .forEach(
            edge ->
                expected.add(
                    Candidates.pair(
                        ids.indexOf(edge.get(0).textValue()),
                        ids.indexOf(edge.get(1).textValue()))));
    assertThat(Arrays.stream(forest).boxed()).containsExactlyInAnyOrderElementsOf(expected);
    double length =
        Arrays.stream(forest)
            .mapToDouble(
                pair -> matrix.strengths()[Candidates.source(pair)][Candidates.target(pair)])
            .map(correlation -> Math.sqrt(2 * (1 - correlation)))
            .sum();
    assertThat(length).isCloseTo(golden.get("tree_length").doubleValue(), within(1e-10));
  }

  private static Matrix matrix(List<String> ids, JsonNode correlations) {
    double[][] strengths = new double[ids.size()][ids.size()];
    boolean[][] allowed = new boolean[ids.size()][ids.size()];
    for (JsonNode pair : correlations) {
      int i = ids.indexOf(pair.get(0).textValue());
      int j = ids.indexOf(pair.get(1).textValue());
      strengths[i][j] = pair.get(2).doubleValue();
      strengths[j][i] = strengths[i][j];
      allowed[i][j] = true;
      allowed[j][i] = true;
    }
    return new Matrix(strengths, allowed);
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = EdgeFilterTest.class.getResourceAsStream("seven-coins.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
