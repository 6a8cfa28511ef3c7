package io.streamforge.window;

import java.util.Arrays;

/**
 * The last values of a series in which they seldom change: runs of equal ones. So what an
 * instrument says nothing of, or always the same, takes hardly any memory.
 */
final class EqualRuns {
  /** One more, and an array takes less. */
  private static final int MAX_RUNS = 4;

  private static final double[] NONE = {Double.NaN};

  private final int capacity;

  /** That of the oldest run, which has what the others leave; then each one's value and length. */
  private double[] runs;

  private EqualRuns(int capacity, double[] runs) {
    this.capacity = capacity;
    this.runs = runs;
  }

  /** None of the values exists. */
  static EqualRuns none(int capacity) {
    return new EqualRuns(capacity, NONE);
  }

  /** All are the same. */
  static EqualRuns of(int capacity, double value) {
    return new EqualRuns(capacity, new double[] {value});
  }

  int capacity() {
    return capacity;
  }

  static boolean areSame(double one, double other) {
    return Double.doubleToLongBits(one) == Double.doubleToLongBits(other);
  }

  /** Adds the newest value; false, and nothing is added, if there are too many runs. */
  boolean add(double value) {
    int length = runs.length;
    if (areSame(newest(), value)) {
      if (length > 1) {
        runs[length - 1]++;
      }
    } else if (length < 2 * MAX_RUNS - 1) {
      runs = Arrays.copyOf(runs, length + 2);
      runs[length] = value;
      runs[length + 1] = 1;
    } else {
      return false;
    }
    if (runs.length > 1 && length(0) == 0) { // the oldest has passed
      double[] left = new double[runs.length - 2];
      left[0] = runs[1];
      System.arraycopy(runs, 3, left, 1, left.length - 1);
      runs = left;
    }
    return true;
  }

  /**
   * Puts another value in the newest one's place; false, and nothing changes, as for {@link #add}.
   */
  boolean replaceNewest(double value) {
    int length = runs.length;
    if (areSame(newest(), value)) {
      return true;
    }
    if (length == 1) {
      return add(value); // the oldest run leaves it its place
    }
    if (runs[length - 1] > 1) {
      runs[length - 1]--;
      if (add(value)) {
        return true;
      }
      runs[length - 1]++;
      return false;
    }
    runs = Arrays.copyOf(runs, length - 2);
    return add(value);
  }

  private double newest() {
    return runs[Math.max(0, runs.length - 2)];
  }

  private int count() {
    return (runs.length + 1) / 2;
  }

  /** That of a run, 0 being the oldest. */
  private double value(int run) {
    return runs[run == 0 ? 0 : 2 * run - 1];
  }

  private int length(int run) {
    if (run > 0) {
      return (int) runs[2 * run];
    }
    int left = capacity;
    for (int newer = 1; newer < count(); newer++) {
      left -= (int) runs[2 * newer];
    }
    return left;
  }

  /** The value {@code age} places before the newest. */
  double get(int age) {
    int run = count() - 1;
    for (int newer = length(run); age >= newer && run > 0; newer += length(run)) {
      run--;
    }
    return value(run);
  }

  /** How many of the last {@code last} values are in a run. */
  private int among(int last, int run) {
    int newer = 0;
    for (int later = run + 1; later < count(); later++) {
      newer += length(later);
    }
    return Math.max(0, Math.min(length(run), last - newer));
  }

  int count(int last) {
    int exist = 0;
    for (int run = 0; run < count(); run++) {
      exist += Double.isNaN(value(run)) ? 0 : among(last, run);
    }
    return exist;
  }

  int countZeros(int last) {
    int zeros = 0;
    for (int run = 0; run < count(); run++) {
      zeros += value(run) == 0 ? among(last, run) : 0;
    }
    return zeros;
  }

  double sum(int last) {
    double sum = 0;
    for (int run = 0; run < count(); run++) {
      sum = plus(sum, value(run), among(last, run));
    }
    return sum;
  }

  double sumOfSquares(int last) {
    double sum = 0;
    for (int run = 0; run < count(); run++) {
      sum = plus(sum, value(run) * value(run), among(last, run));
    }
    return sum;
  }

  /** One by one: a product is another number. */
  private static double plus(double sum, double value, int times) {
    double all = sum;
    for (int left = Double.isNaN(value) || value == 0 ? 0 : times; left > 0; left--) {
      all += value;
    }
    return all;
  }
}
