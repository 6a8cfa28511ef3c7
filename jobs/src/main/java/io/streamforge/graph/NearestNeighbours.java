package io.streamforge.graph;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * For each node its k strongest pairs; equal ones rank by (smaller id, larger id). Pairs are
 * visited once, in an order in which each node meets the others by rising id, so that a later one
 * of equal strength never displaces an earlier one.
 */
final class NearestNeighbours {
  private final int limit;
  private final double[] strengths;
  private final int[] neighbours;

  private NearestNeighbours(int size, int limit) {
    this.limit = limit;
    this.strengths = new double[size * limit];
    this.neighbours = new int[size * limit];
    Arrays.fill(strengths, -1);
  }

  /** The pairs that either end chose, sorted. */
  static long[] of(Candidates candidates, int limit) {
    int size = candidates.size();
    NearestNeighbours nearest = new NearestNeighbours(size, limit);
    int[] nodes = IntStream.range(0, size).toArray();
    double[] strengths = new double[size];
    for (int i = 1; i < size; i++) {
      candidates.strengths(i, nodes, i, strengths);
      for (int j = 0; j < i; j++) {
        double strength = strengths[j];
        boolean forI = strength > nearest.weakest(i);
        boolean forJ = strength > nearest.weakest(j);
        if ((forI || forJ) && candidates.mayBeEdge(i, j)) {
          nearest.offer(i, j, strength);
          nearest.offer(j, i, strength);
        }
      }
    }
    return nearest.pairs();
  }

  private double weakest(int node) {
    return strengths[(node + 1) * limit - 1];
  }

  private void offer(int node, int other, double strength) {
    int first = node * limit;
    int place = first + limit;
    while (place > first && strength > strengths[place - 1]) {
      place--;
    }
    int moved = first + limit - 1 - place;
    if (moved >= 0) {
      System.arraycopy(strengths, place, strengths, place + 1, moved);
      System.arraycopy(neighbours, place, neighbours, place + 1, moved);
      strengths[place] = strength;
      neighbours[place] = other;
    }
  }

  private long[] pairs() {
    long[] pairs = new long[neighbours.length];
    int found = 0;
    for (int place = 0; place < neighbours.length; place++) {
      if (strengths[place] >= 0) {
        pairs[found++] = Candidates.pair(place / limit, neighbours[place]);
      }
    }
    return Arrays.stream(pairs, 0, found).sorted().distinct().toArray();
  }
}
