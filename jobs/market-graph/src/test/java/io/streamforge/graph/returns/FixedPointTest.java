package io.streamforge.graph.returns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FixedPointTest {
  private final FixedPoint fixedPoint = new FixedPoint();

  @Test
  void roundsToTheEvenUnit() {
    assertThat(fixedPoint.of(0.005859375)).isEqualTo(585_938);
    assertThat(fixedPoint.of(0.001953125)).isEqualTo(195_312);
    assertThat(fixedPoint.of(-0.4e-8)).isZero();
    assertThat(fixedPoint.clamps()).isZero();
  }

  @Test
  void clampsAtAThirdAndCounts() {
    assertThat(fixedPoint.of(0.33554432)).isEqualTo(1 << 25);
    assertThat(fixedPoint.clamps()).isZero();
    assertThat(fixedPoint.of(0.33554433)).isEqualTo(1 << 25);
    assertThat(fixedPoint.of(-2.0)).isEqualTo(-(1 << 25));
    assertThat(fixedPoint.of(Double.NEGATIVE_INFINITY)).isEqualTo(-(1 << 25));
    assertThat(fixedPoint.clamp(5L * FixedPoint.LIMIT)).isEqualTo(1 << 25);
    assertThat(fixedPoint.clamps()).isEqualTo(4);
  }
}
