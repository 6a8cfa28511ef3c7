package io.streamforge.graph.returns;

import java.util.Arrays;

/**
 * Σ of products of a window with each of a run of others. In doubles, which are fast and as exact
 * as integers where no sum can go beyond 2⁵³: by Cauchy and Schwarz none does whose two sums of
 * squares do not, in whatever order it is made. The others, of returns near the bound, in integers.
 */
final class ProductSums {
  /** Windows in a run: their values stay in a core's cache. */
  static final int WIDTH = 256;

  /** Positions at a time; a window has a multiple of it. */
  private static final int STEP = 4;

  private static final long EXACT = 1L << 53;

  private final SampleRing[] windows;
  private final int from;
  private final int width;

  /** By position in the windows, and then by window. */
  private final double[][] values;

  private final double[] sums;

  /** The run of {@code windows} from {@code from} to {@code to}; null is an empty one. */
  ProductSums(SampleRing[] windows, int from, int to) {
    this.windows = windows;
    this.from = from;
    this.width = to - from;
    this.sums = new double[width];
    SampleRing any = null;
    for (int i = from; i < to; i++) {
      any = any == null ? windows[i] : any;
    }
    this.values = new double[any == null ? 0 : any.positions()][width];
    for (int i = from; i < to; i++) {
      if (windows[i] != null) {
        windows[i].copyTo(values, i - from);
      }
    }
  }

  /** Puts the sums with {@code window} into the run's places of {@code into}, as far as it goes. */
  void with(SampleRing window, long[] into) {
    add(window);
    boolean large = window.squares() > EXACT;
    for (int i = from; i < Math.min(from + width, into.length); i++) {
      if (windows[i] == null) {
        into[i] = 0;
      } else if (large || windows[i].squares() > EXACT) {
        into[i] = SampleRing.products(window, windows[i]);
      } else {
        into[i] = (long) sums[i - from];
      }
    }
  }

  private void add(SampleRing window) {
    Arrays.fill(sums, 0);
    for (int position = 0; position < values.length; position += STEP) {
      add(sums, window, position, values);
    }
  }

  private static void add(double[] sums, SampleRing window, int position, double[][] values) {
    double a = window.at(position);
    double b = window.at(position + 1);
    double c = window.at(position + 2);
    double d = window.at(position + 3);
    double[] first = values[position];
    double[] second = values[position + 1];
    double[] third = values[position + 2];
    double[] fourth = values[position + 3];
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a * first[i] + b * second[i] + c * third[i] + d * fourth[i];
    }
  }
}
