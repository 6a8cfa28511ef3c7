package io.streamforge.graph;

import java.util.Arrays;

/**
 * The largest eigenvalue of a symmetric matrix by power iteration. Every sum has one order and the
 * start is always the same, so that the same matrix has the same result, bit for bit.
 */
final class Eigenvalue {
  /** The iteration ends when a step changes the value by no more than this share of it. */
  static final double TOLERANCE = 1e-9;

  /** It ends after so many steps even if it has not come so far. */
  static final int MAX_STEPS = 100;

  private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

  private Eigenvalue() {}

  /** That of a matrix which is not empty. */
  static double largest(double[][] matrix) {
    double[] vector = new double[matrix.length];
    // Unlike ones, orthogonal to nothing that a market's matrix is likely to have.
    Arrays.setAll(vector, i -> 1 + (i * GOLDEN_RATIO) % 1);
    scale(vector, 1 / Math.sqrt(dot(vector, vector)));
    double[] image = new double[matrix.length];
    double value = Double.NaN;
    for (int step = 0; step < MAX_STEPS; step++) {
      multiply(matrix, vector, image);
      double next = dot(vector, image);
      if (Math.abs(next - value) <= TOLERANCE * Math.abs(next)) {
        return next;
      }
      value = next;
      double[] before = vector;
      vector = image;
      image = before;
      scale(vector, 1 / Math.sqrt(dot(vector, vector)));
    }
    return value;
  }

  /** Column by column: a fast loop, and for each sum the order of the columns. */
  private static void multiply(double[][] matrix, double[] vector, double[] into) {
    Arrays.fill(into, 0);
    for (int column = 0; column < vector.length; column++) {
      add(matrix[column], vector[column], into);
    }
  }

  private static void add(double[] column, double factor, double[] into) {
    for (int row = 0; row < into.length; row++) {
      into[row] += column[row] * factor;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void scale(double[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }
}
