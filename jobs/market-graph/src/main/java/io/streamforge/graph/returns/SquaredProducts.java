package io.streamforge.graph.returns;

import java.util.Arrays;

/**
 * Σ of the squared products of every pair of windows, to 12 digits: the order in which they are
 * summed up is that in which it goes fastest.
 */
public final class SquaredProducts {
  /** Windows in a run: their values stay in a core's cache. */
  private static final int WIDTH = 256;

  /** Positions at a time; a window has a multiple of it. */
  private static final int STEP = 4;

  private final double[][] rows;

  /** Of windows of one span. */
  public SquaredProducts(SampleRing[] windows) {
    rows = new double[windows.length][];
    for (int window = 0; window < windows.length; window++) {
      rows[window] = new double[window];
    }
    for (int from = 0; from < windows.length; from += WIDTH) {
      addRun(windows, from, Math.min(windows.length, from + WIDTH));
    }
  }

  private void addRun(SampleRing[] windows, int from, int to) {
    double[][] squares = new double[windows[0].positions()][to - from];
    for (int window = from; window < to; window++) {
      windows[window].copyTo(squares, window - from);
    }
    for (double[] position : squares) {
      for (int i = 0; i < position.length; i++) {
        position[i] *= position[i];
      }
    }
    double[] sums = new double[to - from];
    for (int window = from + 1; window < windows.length; window++) {
      Arrays.fill(sums, 0);
      for (int position = 0; position < squares.length; position += STEP) {
        add(sums, windows[window], position, squares);
      }
      int count = Math.min(sums.length, window - from);
      System.arraycopy(sums, 0, rows[window], from, count);
    }
  }

  private static void add(double[] sums, SampleRing window, int position, double[][] squares) {
    double a = square(window, position);
    double b = square(window, position + 1);
    double c = square(window, position + 2);
    double d = square(window, position + 3);
    double[] first = squares[position];
    double[] second = squares[position + 1];
    double[] third = squares[position + 2];
    double[] fourth = squares[position + 3];
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a * first[i] + b * second[i] + c * third[i] + d * fourth[i];
    }
  }

  private static double square(SampleRing window, int position) {
    double value = window.at(position);
    return value * value;
  }

  /** Of two different windows. */
  public double get(int i, int j) {
    return i > j ? rows[i][j] : rows[j][i];
  }
}
