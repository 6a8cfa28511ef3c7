package io.streamforge.graph.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.graph.model.GraphSettings;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignificanceTest {
  private static final GraphSettings SETTINGS =
      new GraphSettings("market", 1_000_000, 8, 30, 10, 0, 10_000_000, 0);
  private static final int WINDOW = 300;
  private static final long NOW = 1_723_161_256;

  private final Significance significance = new Significance(SETTINGS);

  /** A window that ends with these values. */
  private static SampleRing ring(int... values) {
    SampleRing ring = new SampleRing(WINDOW);
    for (int i = 0; i < values.length; i++) {
      ring.put(NOW - values.length + 1 + i, values[i]);
    }
    return ring;
  }

  private double t(SampleRing a, SampleRing b) {
    return significance.t(a, b, SampleRing.products(a, b), NOW);
  }

  /** z = 2, 3, −1: Γ_0 = 14, Γ_1 = 6 − 3, Γ_2 = −2. */
  @Test
  void byHand() {
    double variance = 14 + 2 * (8 / 9.0 * 3 - 7 / 9.0 * 2);
    assertThat(t(ring(2, 1, 1), ring(1, 3, -1))).isCloseTo(4 / Math.sqrt(variance), within(1e-15));
    assertThat(t(ring(2, 1, -1), ring(1, -3, -1))).isCloseTo(0, within(0.0));
  }

  /** Nine apart products do not know each other, eight apart they do by a ninth. */
  @Test
  void lagsEndBeforeNine() {
    int[] apart = {1, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    assertThat(t(ring(apart), ring(apart))).isEqualTo(2 / Math.sqrt(2));
    int[] nearer = {1, 0, 0, 0, 0, 0, 0, 0, 1};
    assertThat(t(ring(nearer), ring(nearer))).isCloseTo(2 / Math.sqrt(2 + 2 / 9.0), within(1e-15));
  }

  /** z = 3, −3, 3: Γ_1 = −18 would make the root of what is nearly nothing. */
  @Test
  void neighboursThatDisagreeDoNotMakeItLarger() {
    assertThat(t(ring(3, 3, 3), ring(1, -1, 1))).isEqualTo(3 / Math.sqrt(27));
    assertThat(t(ring(0, 0), ring(1, 1))).isNaN();
  }

  /** z = 1, 1, 1, 1. */
  @Test
  void neighboursThatAgreeMakeItSmaller() {
    SampleRing ones = ring(1, 1, 1, 1);
    double neighbours = 8 / 9.0 * 3 + 7 / 9.0 * 2 + 6 / 9.0;
    assertThat(t(ones, ones)).isCloseTo(4 / Math.sqrt(4 + 2 * neighbours), within(1e-15));
  }

  /** Returns of 5 s of two walks that know nothing of each other. */
  @Test
  void ofIndependentWalksTheDeviationIsOne() {
    Random random = new Random(3);
    int pairs = 4000;
    double squares = 0;
    int beyondTwo = 0;
    for (int pair = 0; pair < pairs; pair++) {
      double t = t(walk(random), walk(random));
      squares += t * t;
      beyondTwo += Math.abs(t) > 2 ? 1 : 0;
    }
    assertThat(Math.sqrt(squares / pairs)).isCloseTo(1, within(0.08));
    assertThat((double) beyondTwo / pairs).isLessThan(0.07);
  }

  private static SampleRing walk(Random random) {
    double[] steps = random.doubles(WINDOW + 4, -1e4, 1e4).toArray();
    int[] returns = new int[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      returns[i] =
          (int) Math.rint(steps[i] + steps[i + 1] + steps[i + 2] + steps[i + 3] + steps[i + 4]);
    }
    return ring(returns);
  }
}
