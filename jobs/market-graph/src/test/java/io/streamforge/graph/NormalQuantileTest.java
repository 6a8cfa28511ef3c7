package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalQuantileTest {

  /** Expected values were computed with Python's statistics.NormalDist. */
  @ParameterizedTest
  @CsvSource({
    "1,0",
    "2,0",
    "3,0.6744897501960817",
    "10,1.59321881802305",
    "100,2.572352110942887",
    "500,3.0896376777409924",
    "1000,3.290245237308691"
  })
  void oneOfANodesPairsIsByChance(int nodes, double level) {
    assertThat(NormalQuantile.ofNeighbours(nodes)).isCloseTo(level, within(1e-13));
  }
}
