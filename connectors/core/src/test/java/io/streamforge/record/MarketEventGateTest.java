package io.streamforge.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarketEventGateTest {
  private final MarketEventGate gate = new MarketEventGate();

  private boolean admits(String instrument, String topic, int partition, long offset, int n) {
    return gate.admits(new MarketEventOrigin(instrument, topic, partition, offset, n));
  }

  @Test
  void aRepeatIsNotBehindTheNewest() {
    assertThat(admits("acme:X", "books", 0, 7, 0)).isTrue();
    assertThat(admits("acme:X", "books", 0, 7, 1)).isTrue();
    assertThat(admits("acme:X", "books", 0, 7, 1)).isFalse();
    assertThat(admits("acme:X", "books", 0, 6, 3)).isFalse();
    assertThat(admits("acme:X", "books", 0, 8, 0)).isTrue();
  }

  @Test
  void eachLogOfEachInstrumentCountsForItself() {
    assertThat(admits("acme:X", "books", 0, 7, 0)).isTrue();
    assertThat(admits("acme:X", "trades", 0, 7, 0)).isTrue();
    assertThat(admits("acme:X", "books", 1, 0, 0)).isTrue();
    assertThat(admits("acme:Y", "books", 0, 7, 0)).isTrue();
  }

  @Test
  void aLossIsNewAndTheLogMayCountAnewBehindIt() {
    assertThat(admits("acme:X", "books", 0, 5_000, 0)).isTrue();
    assertThat(admits("acme:X", "books", 0, 5_000, -2)).isTrue();
    assertThat(admits("acme:X", "books", 0, 5_000, -2)).isTrue();
    assertThat(admits("acme:X", "books", 0, 0, 0)).isTrue();
    assertThat(admits("acme:X", "books", 0, 0, 0)).isFalse();
  }
}
