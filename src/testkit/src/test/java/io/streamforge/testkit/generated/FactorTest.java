package io.streamforge.testkit.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FactorTest {

  @Test
  void aFollowerHasTheLeadersStepsAndRegimesLater() {
    Factor factor = new Factor(1e-4, new SplittableRandom(1));
    List<Double> steps = new ArrayList<>();
    List<Double> regimes = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      factor.advance();
      steps.add(factor.step(0));
      regimes.add(factor.regime(0));
      if (i >= 600) {
        assertThat(factor.step(200)).isEqualTo(steps.get(i - 2));
        assertThat(factor.step(2000)).isEqualTo(steps.get(i - 20));
        assertThat(factor.regime(60_000)).isEqualTo(regimes.get(i - 600));
      }
    }
  }
}
