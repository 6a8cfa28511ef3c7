package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MidPathTest {
  private static final long NEVER_STALE = Long.MAX_VALUE;

  @Test
  void asksForWhatWasStrictlyBeforeTheLastStep() {
    MidPath path = new MidPath();
    path.set(100_000, 1);
    path.set(199_999, 2);
    path.set(200_000, 3);
    assertThat(path.asOf(199_999, NEVER_STALE)).isNaN(); // as of 100 000
    assertThat(path.asOf(200_000, NEVER_STALE)).isEqualTo(2);
    assertThat(path.asOf(299_999, NEVER_STALE)).isEqualTo(2);
    assertThat(path.asOf(300_000, NEVER_STALE)).isEqualTo(3);
  }

  @Test
  void aMidOlderThanStaleAfterIsNone() {
    MidPath path = new MidPath();
    path.set(150_000, 1);
    assertThat(path.asOf(1_150_000, 950_000)).isEqualTo(1); // as of 1 100 000
    assertThat(path.asOf(1_150_000, 949_999)).isNaN();
  }

  @Test
  void noMidIsRememberedToo() {
    MidPath path = new MidPath();
    path.set(50_000, 1);
    path.set(150_000, Double.NaN);
    assertThat(path.asOf(150_000, NEVER_STALE)).isEqualTo(1);
    assertThat(path.asOf(200_000, NEVER_STALE)).isNaN();
  }

  /** Against the rule itself, over any times, with what is past forgotten now and then. */
  @Property(tries = 300)
  void followsTheRule(
      @ForAll @Size(max = 60) List<@IntRange(max = 400_000) Integer> steps,
      @ForAll @IntRange(max = 2_000_000) int staleAfterUs) {
    MidPath path = new MidPath();
    NavigableMap<Long, Double> all = new TreeMap<>();
    long now = 0;
    long forgottenUs = 0;
    for (int step : steps) {
      now += step;
      double mid = step % 7 == 0 ? Double.NaN : step;
      path.set(now, mid);
      all.put(now, mid);
      if (step % 5 == 0) {
        forgottenUs = Math.max(forgottenUs, now / 1_000_000 * 1_000_000);
        path.forgetBefore(forgottenUs);
      }
      for (long ask = forgottenUs; ask < now + 300_000; ask += 33_333) {
        NavigableMap<Long, Double> before = all.headMap(ask / 100_000 * 100_000, false);
        boolean none =
            before.isEmpty() || ask / 100_000 * 100_000 - before.lastKey() > staleAfterUs;
        Double expected = none ? (Double) Double.NaN : before.lastEntry().getValue();
        assertThat((Double) path.asOf(ask, staleAfterUs)).isEqualTo((Object) expected);
      }
    }
  }
}
