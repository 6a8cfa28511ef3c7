package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EigenvalueTest {

  @Test
  void ofMatricesWhoseValuesAreKnown() {
    assertThat(Eigenvalue.largest(new double[][] {{1, 0.5}, {0.5, 1}})).isCloseTo(1.5, near());
    assertThat(Eigenvalue.largest(new double[][] {{1, -1}, {-1, 1}})).isCloseTo(2, near());
    assertThat(Eigenvalue.largest(new double[][] {{1, 0}, {0, 1}})).isCloseTo(1, near());
    double[][] three = {{1, 0.5, -0.5}, {0.5, 1, 0.5}, {-0.5, 0.5, 1}};
    assertThat(Eigenvalue.largest(three)).isCloseTo(1.5, near());
  }

  private static Offset<Double> near() {
    return within(1e-6);
  }

  /** One factor: β βᵀ with ones on the diagonal, against the root of its secular equation. */
  @Property(tries = 50)
  void ofOneFactor(@ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int size) {
    Random random = new Random(seed);
    double[] betas = random.doubles(size, 0.3, 0.9).toArray();
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        matrix[i][j] = i == j ? 1 : betas[i] * betas[j];
      }
    }
    double low = 1;
    double high = size;
    for (int step = 0; step < 200; step++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (double beta : betas) {
        sum += beta * beta / (middle - 1 + beta * beta);
      }
      low = sum > 1 ? middle : low;
      high = sum > 1 ? high : middle;
    }
    assertThat(Eigenvalue.largest(matrix)).isCloseTo(low, within(1e-6 * low));
  }
}
