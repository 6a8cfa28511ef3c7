package io.streamforge.graph;

import io.streamforge.graph.filter.Candidates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Candidates from a full matrix, and what a filter makes of it by the plainest means.
 *
 * @param allowed pairs that may be edges
 * @param significant those of them that may be neighbours
 */
public record Matrix(double[][] strengths, boolean[][] allowed, boolean[][] significant)
    implements Candidates {

  /** All that may be edges may be neighbours. */
  public Matrix(double[][] strengths, boolean[][] allowed) {
    this(strengths, allowed, allowed);
  }

  @Override
  public int size() {
    return strengths.length;
  }

  /** In no order that a filter could rely on, and some that are below the floors too. */
  @Override
  public void visit(double[] floors, Visitor visitor) {
    Random random = new Random(size());
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < i; j++) {
        pairs.add(new int[] {i, j});
      }
    }
    Collections.shuffle(pairs, random);
    for (int[] pair : pairs) {
      int i = pair[0];
      int j = pair[1];
      boolean reaches = strengths[i][j] >= Math.min(floors[i], floors[j]);
      if (reaches || (strengths[i][j] >= 0 && random.nextInt(5) == 0)) {
        visitor.visit(i, j, strengths[i][j]);
      }
    }
  }

  @Override
  public double strength(int i, int j) {
    return strengths[i][j];
  }

  @Override
  public boolean mayBeInForest(int i, int j) {
    return allowed[i][j];
  }

  @Override
  public boolean mayBeNeighbour(int i, int j) {
    return significant[i][j];
  }

  @Override
  public boolean mayBeEdge(int i, int j) {
    return allowed[i][j];
  }

  /** Every pair among some, best first. */
  private List<int[]> ranking(boolean[][] among) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      for (int j = i + 1; j < size(); j++) {
        if (among[i][j] && !Double.isNaN(strengths[i][j])) {
          pairs.add(new int[] {i, j});
        }
      }
    }
    pairs.sort(
        Comparator.<int[]>comparingDouble(pair -> -strengths[pair[0]][pair[1]])
            .thenComparing(pair -> pair[0])
            .thenComparing(pair -> pair[1]));
    return pairs;
  }

  /** By Kruskal's algorithm. */
  public long[] forest() {
    int[] component = new int[size()];
    for (int i = 0; i < size(); i++) {
      component[i] = i;
    }
    TreeSet<Long> chosen = new TreeSet<>();
    for (int[] pair : ranking(allowed)) {
      int from = component[pair[0]];
      int to = component[pair[1]];
      if (from != to) {
        chosen.add(Candidates.pair(pair[0], pair[1]));
        for (int i = 0; i < size(); i++) {
          component[i] = component[i] == from ? to : component[i];
        }
      }
    }
    return chosen.stream().mapToLong(pair -> pair).toArray();
  }

  /** By sorting. */
  public long[] neighbours(int limit) {
    TreeSet<Long> chosen = new TreeSet<>();
    for (int i = 0; i < size(); i++) {
      int node = i;
      ranking(significant).stream()
          .filter(pair -> pair[0] == node || pair[1] == node)
          .limit(limit)
          .forEach(pair -> chosen.add(Candidates.pair(pair[0], pair[1])));
    }
    return chosen.stream().mapToLong(pair -> pair).toArray();
  }

  /** By sorting. */
  public long[] strongest(double threshold, int limit) {
    return ranking(allowed).stream()
        .filter(pair -> strengths[pair[0]][pair[1]] >= threshold)
        .limit(limit)
        .mapToLong(pair -> Candidates.pair(pair[0], pair[1]))
        .sorted()
        .toArray();
  }
}
