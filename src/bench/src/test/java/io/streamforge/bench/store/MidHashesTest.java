package io.streamforge.bench.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A wrong answer has no time. */
class MidHashesTest {

  private static MidHashes of(MidTick... ticks) {
    MidHashes hashes = new MidHashes();
    for (MidTick tick : ticks) {
      hashes.add(tick);
    }
    return hashes;
  }

  @Test
  void doNotDependOnTheOrder() {
    MidTick one = new MidTick("a", 1, 2.5);
    MidTick two = new MidTick("b", 1, 3.5);
    MidTick none = new MidTick("c", 1, Double.NaN);
    assertThatCode(() -> of(one, two, none).expectSame(of(two, one), "x"))
        .doesNotThrowAnyException();
  }

  @Test
  void tellTheTickThatDiffers() {
    MidHashes expected = of(new MidTick("a", 1, 2.5), new MidTick("a", 2, 2.5));
    MidHashes wrong = of(new MidTick("a", 1, 2.5), new MidTick("a", 2, 2.6));
    assertThatThrownBy(() -> expected.expectSame(wrong, "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 us");
  }

  @Test
  void tellWhoseMidIsWhose() {
    MidHashes expected = of(new MidTick("a", 1, 2.5), new MidTick("b", 1, 3.5));
    MidHashes swapped = of(new MidTick("a", 1, 3.5), new MidTick("b", 1, 2.5));
    assertThatThrownBy(() -> expected.expectSame(swapped, "x"))
        .isInstanceOf(IllegalStateException.class);
  }
}
