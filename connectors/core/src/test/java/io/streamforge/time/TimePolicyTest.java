package io.streamforge.time;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimePolicyTest {
  private static final long T = 1_723_161_255_342_000L;

  private final TimePolicy time = new TimePolicy(500_000, 10_000_000, 9_000_000, 100_000);

  @Test
  void anEventCountsWhenItHappenedUnlessItIsLate() {
    assertThat(time.effectiveTimeUs(T, T + 500_000)).isEqualTo(T);
    assertThat(time.effectiveTimeUs(T, T + 500_001)).isEqualTo(T + 1);
    assertThat(time.effectiveTimeUs(T, T - 3_000_000)).isEqualTo(T);
  }

  @Test
  void boundsAreInclusive() {
    assertThat(time.isStale(T, T + 10_000_000)).isFalse();
    assertThat(time.isStale(T, T + 10_000_001)).isTrue();
    assertThat(time.isFuture(T + 9_000_000, T)).isFalse();
    assertThat(time.isFuture(T + 9_000_001, T)).isTrue();
  }

  @Test
  void aSampleIsCompleteAfterLatenessAndDisorder() {
    assertThat(time.availabilityDelayUs()).isEqualTo(600_000);
    assertThat(time.completeUntilUs(T)).isEqualTo(T - 600_000);
  }

  @Property
  void noRecordToComeIsBehindWhatIsComplete(
      @ForAll @LongRange(min = -20_000_000, max = 9_000_000) long ahead,
      @ForAll @LongRange(max = 100_000) long disorder) {
    long receiveUs = T - disorder;
    assertThat(time.effectiveTimeUs(receiveUs + ahead, receiveUs))
        .isGreaterThanOrEqualTo(time.completeUntilUs(T));
  }
}
