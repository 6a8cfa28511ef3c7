package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentLevelsTest {
  private final SentLevels levels = new SentLevels();

  private void add(int count) {
    levels.clear();
    for (int i = 0; i < count; i++) {
      levels.add(i, 0, 1, 0, SentLevels.scales(0, 0));
    }
    levels.release();
  }

  @Test
  void theMemoryOfAMessageOfVeryManyLevelsIsNotKept() {
    add(SentLevels.MOST_KEPT);
    assertThat(levels.capacity()).isEqualTo(SentLevels.MOST_KEPT);
    assertThat(levels.size()).isZero();
    add(SentLevels.MOST_KEPT + 1);
    assertThat(levels.capacity()).isEqualTo(64);
    assertThat(levels.size()).isZero();
  }
}
