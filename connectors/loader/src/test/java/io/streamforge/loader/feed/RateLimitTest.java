package io.streamforge.loader.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void beginsEmptySoThatAProcessThatRestartsKeepsTheBudget() {
    RateLimit limit = new RateLimit(Duration.ofSeconds(1), 1, 0);
    assertThat(limit.take(1, 0)).isEqualTo(SECOND);
    assertThat(limit.take(1, SECOND)).isZero();
    assertThat(limit.take(1, SECOND)).isEqualTo(SECOND);
  }

  @Test
  void tellsWhatIsUsed() {
    RateLimit limit = new RateLimit(Duration.ofSeconds(1), 10, 0);
    assertThat(limit.used(0)).isEqualTo(1);
    assertThat(limit.used(5 * SECOND)).isEqualTo(0.5);
    limit.atMost(2, 5 * SECOND);
    assertThat(limit.used(5 * SECOND)).isEqualTo(0.8);
  }

  @Property(tries = 100)
  void noSecondHasMoreThanItsShare(@ForAll long seed) {
    Random random = new Random(seed);
    RateLimit limit = new RateLimit(Duration.ofMillis(250), 1, 0);
    long now = 0;
    long taken = 0;
    while (now < 60 * SECOND) {
      now += random.nextLong(SECOND / 20);
      taken += limit.take(1, now) == 0 ? 1 : 0;
      assertThat(taken).isLessThanOrEqualTo(now / (SECOND / 4));
    }
  }
}
