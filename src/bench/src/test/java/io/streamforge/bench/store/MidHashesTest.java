package io.streamforge.bench.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A wrong answer has no time. */
class MidHashesTest {

  private static MidHashes of(MidSample... samples) {
    MidHashes hashes = new MidHashes();
    for (MidSample sample : samples) {
      hashes.add(sample);
    }
    return hashes;
  }

  @Test
  void doNotDependOnTheOrder() {
    MidSample one = new MidSample("a", 1, 2.5);
    MidSample two = new MidSample("b", 1, 3.5);
    MidSample none = new MidSample("c", 1, Double.NaN);
    assertThatCode(() -> of(one, two, none).expectSame(of(two, one), "x"))
        .doesNotThrowAnyException();
  }

  @Test
  void tellTheSampleThatDiffers() {
    MidHashes expected = of(new MidSample("a", 1, 2.5), new MidSample("a", 2, 2.5));
    MidHashes wrong = of(new MidSample("a", 1, 2.5), new MidSample("a", 2, 2.6));
    assertThatThrownBy(() -> expected.expectSame(wrong, "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 us");
  }

  @Test
  void tellWhoseMidIsWhose() {
    MidHashes expected = of(new MidSample("a", 1, 2.5), new MidSample("b", 1, 3.5));
    MidHashes swapped = of(new MidSample("a", 1, 3.5), new MidSample("b", 1, 2.5));
    assertThatThrownBy(() -> expected.expectSame(swapped, "x"))
        .isInstanceOf(IllegalStateException.class);
  }
}
