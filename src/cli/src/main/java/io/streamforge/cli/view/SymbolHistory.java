package io.streamforge.cli.view;

import java.util.Arrays;

/** The last minutes of one symbol, a value a feature and sample, in a ring. */
final class SymbolHistory {
  /** Samples that are kept: five minutes. */
  static final int LENGTH = 300;

  private static final int WIDTH = SymbolRecord.FEATURES.size();

  private final long[] timesUs = new long[LENGTH];
  private final double[] values = new double[LENGTH * WIDTH];
  private int begin;
  private int size;
  private SymbolRecord newest;

  /**
   * Takes the record of a later sample; one that was there, or of an earlier sample, adds nothing.
   */
  boolean add(SymbolRecord symbol) {
    if (newest != null && !Recency.isNews(newest.timeUs(), symbol.timeUs())) {
      return false;
    }
    if (newest != null && symbol.timeUs() < newest.timeUs()) {
      size = 0; // another run
    }
    newest = symbol;
    if (size == LENGTH) {
      begin = (begin + 1) % LENGTH;
      size--;
    }
    int place = (begin + size++) % LENGTH;
    timesUs[place] = symbol.timeUs();
    System.arraycopy(symbol.values(), 0, values, place * WIDTH, WIDTH);
    return true;
  }

  SymbolRecord newest() {
    return newest;
  }

  /** Times, oldest first. */
  long[] timesUs() {
    long[] times = new long[size];
    Arrays.setAll(times, i -> timesUs[(begin + i) % LENGTH]);
    return times;
  }

  /** Values of a feature at {@link #timesUs}. */
  double[] series(int feature) {
    double[] series = new double[size];
    Arrays.setAll(series, i -> values[(begin + i) % LENGTH * WIDTH + feature]);
    return series;
  }
}
