package io.streamforge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is kept of what the topics say. */
class LatestRecordsTest {
  private static final long SECOND = 1_000_000;

  private final LatestRecords market = new LatestRecords();

  private static SymbolRecord symbol(String id, long timeUs, double mid) {
    double[] values = new double[SymbolRecord.FEATURES.size()];
    Arrays.fill(values, Double.NaN);
    values[0] = mid;
    return new SymbolRecord(id, timeUs, "live", values);
  }

  @Test
  void keepsTheLastMinutesOldestFirst() {
    for (int i = 1; i <= SymbolHistory.LENGTH + 50; i++) {
      market.add(symbol("a", i * SECOND, i), 0);
    }
    LatestRecords.Series series = market.series("a");
    assertThat(series.timesUs()).hasSize(SymbolHistory.LENGTH).isSorted().startsWith(51 * SECOND);
    assertThat(series.values()[0]).isSorted().startsWith(51).endsWith(SymbolHistory.LENGTH + 50);
    assertThat(series.values()[1]).containsOnly(Double.NaN);
  }

  @Test
  void aRepeatIsNoNews() {
    market.add(symbol("a", 5 * SECOND, 1), 0);
    long version = market.version();
    market.add(symbol("a", 5 * SECOND, 1), 0);
    market.add(symbol("a", 4 * SECOND, 1), 0);
    assertThat(market.version()).isEqualTo(version);
    assertThat(market.series("a").timesUs()).containsExactly(5 * SECOND);
  }

  @Test
  void anotherRunBeginsAnew() {
    market.add(symbol("a", 9_000 * SECOND, 1), 0);
    market.add(symbol("a", 10 * SECOND, 2), 0);
    assertThat(market.series("a").timesUs()).containsExactly(10 * SECOND);
  }

  @Test
  void forgetsWhatIsNotHeardOf() {
    market.add(symbol("a", SECOND, 1), 0);
    market.add(symbol("b", SECOND, 1), Duration.ofMinutes(4).toNanos());
    market.sample(true, Duration.ofMinutes(6).toNanos());
    assertThat(market.series("a")).isNull();
    assertThat(market.series("b")).isNotNull();
  }

  @Test
  void doesNotGrowWithoutEnd() {
    for (int i = 0; i < LatestRecords.MOST_SYMBOLS + 3; i++) {
      market.add(symbol("s" + i, SECOND, 1), 0);
    }
    assertThat(market.moment("").symbols()).hasSize(LatestRecords.MOST_SYMBOLS);
    assertThat(market.status("", 0).leftOut()).isEqualTo(3);
  }
}
