package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LevelsCopyTest {
  private static LevelsCopy bids(int priceScale, int quantityScale, long... levels) {
    return new LevelsCopy(levels, new long[] {900, 7}, priceScale, quantityScale);
  }

  private static LevelsCopy asks(long... levels) {
    return new LevelsCopy(new long[] {100, 5}, levels, 1, 2);
  }

  @Test
  void theSameLevelsAreTheSame() {
    assertThat(bids(1, 2, 100, 5, 200, 6).sameAs(bids(1, 2, 100, 5, 200, 6))).isTrue();
    assertThat(bids(1, 2).sameAs(bids(1, 2))).isTrue();
  }

  @Test
  void anotherPriceOrQuantityOrNumberOfLevelsIsADifference() {
    LevelsCopy levels = bids(1, 2, 100, 5, 200, 6);
    assertThat(levels.sameAs(bids(1, 2, 101, 5, 200, 6))).isFalse();
    assertThat(levels.sameAs(bids(1, 2, 100, 4, 200, 6))).isFalse();
    assertThat(levels.sameAs(bids(1, 2, 100, 5, 201, 6))).isFalse();
    assertThat(levels.sameAs(bids(1, 2, 100, 5, 200, 7))).isFalse();
    assertThat(levels.sameAs(bids(1, 2, 100, 5))).isFalse();
    assertThat(asks(300, 1).sameAs(asks(300, 1))).isTrue();
    assertThat(asks(300, 1).sameAs(asks(300, 2))).isFalse();
  }

  @Test
  void scalesDoNotMatter() {
    LevelsCopy levels = new LevelsCopy(new long[] {100, 5}, new long[] {}, 1, 2);
    assertThat(levels.sameAs(new LevelsCopy(new long[] {1_000, 5}, new long[] {}, 2, 2))).isTrue();
    assertThat(levels.sameAs(new LevelsCopy(new long[] {100, 50}, new long[] {}, 1, 3))).isTrue();
    assertThat(levels.sameAs(new LevelsCopy(new long[] {100, 5}, new long[] {}, 2, 2))).isFalse();
    assertThat(levels.sameAs(new LevelsCopy(new long[] {100, 5}, new long[] {}, 1, 3))).isFalse();
  }
}
