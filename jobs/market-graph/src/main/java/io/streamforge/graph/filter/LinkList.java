package io.streamforge.graph.filter;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Pairs and their strengths, in the order in which they were added. */
final class LinkList {
  private long[] pairs;
  private double[] strengths;
  private int size;

  LinkList(int capacity) {
    pairs = new long[capacity];
    strengths = new double[capacity];
  }

  LinkList copy() {
    LinkList copy = new LinkList(0);
    copy.pairs = pairs.clone();
    copy.strengths = strengths.clone();
    copy.size = size;
    return copy;
  }

  void add(long pair, double strength) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * size + 1);
      strengths = Arrays.copyOf(strengths, 2 * size + 1);
    }
    pairs[size] = pair;
    strengths[size++] = strength;
  }

  int size() {
    return size;
  }

  long pair(int link) {
    return pairs[link];
  }

  double strength(int link) {
    return strengths[link];
  }

  /** Puts one link where another is. */
  void move(int from, int to) {
    pairs[to] = pairs[from];
    strengths[to] = strengths[from];
  }

  /** Keeps the first ones. */
  void truncate(int count) {
    size = count;
  }

  long[] sortedPairs() {
    long[] sorted = Arrays.copyOf(pairs, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The {@code count} that rank first, in order of rank. */
  LinkList strongest(int count) {
    LinkList strongest = new LinkList(count);
    IntStream.range(0, size)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(link -> -strengths[link])
                .thenComparingLong(link -> pairs[link]))
        .limit(count)
        .forEach(link -> strongest.add(pairs[link], strengths[link]));
    return strongest;
  }
}
