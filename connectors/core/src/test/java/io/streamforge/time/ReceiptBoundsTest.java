package io.streamforge.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptBoundsTest {
  private static final long APPENDED = 1_723_161_256_000_000L;

  @ParameterizedTest
  @CsvSource({
    "30, 1, 0, 0",
    "30, 1, 1, 1",
    "30, 1, 2, 1",
    "30, 1, 3000, 1",
    "30, 1, -30, -30",
    "30, 1, -31, -30",
    "30, 1, -300000000, -30",
    "0, 1, -300000000, -300000000", // whoever waits for ever believes it
    "0, 1, 2, 1",
    "30, 0, 1, 0"
  })
  void whatIsTooFarAwayCountsAsFarAsItIsBelieved(
      long maxBehind, long maxAhead, long received, long believed) {
    ReceiptBounds bounds = new ReceiptBounds(seconds(maxBehind), seconds(maxAhead));
    assertThat(bounds.cut(APPENDED + seconds(received), APPENDED))
        .isEqualTo(APPENDED + seconds(believed));
  }

  private static long seconds(long seconds) {
    return seconds * 1_000_000;
  }
}
