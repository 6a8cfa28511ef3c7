package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TouchTest {
  /** Of few numbers, so that many are equal in another scale. */
  private static Touch any(Random random) {
    long[] numbers = {1, 10, 100, 20, 2, Decimals.LIMIT / 10, Decimals.LIMIT - 1, Touch.NONE};
    return new Touch(
        numbers[random.nextInt(8)],
        numbers[random.nextInt(7)],
        numbers[random.nextInt(8)],
        numbers[random.nextInt(7)],
        random.nextInt(3),
        random.nextInt(3));
  }

  private static boolean isEqual(long one, int oneScale, long other, int otherScale) {
    if (one == Touch.NONE || other == Touch.NONE) {
      return one == other;
    }
    return BigDecimal.valueOf(one, oneScale).compareTo(BigDecimal.valueOf(other, otherScale)) == 0;
  }

  @Property(tries = 5_000)
  void isTheSameInAnyScale(@ForAll Random random) {
    Touch one = any(random);
    Touch other = any(random);
    boolean same =
        isEqual(one.bid(), one.priceScale(), other.bid(), other.priceScale())
            && isEqual(one.ask(), one.priceScale(), other.ask(), other.priceScale())
            && isEqual(
                one.bidQuantity(), one.quantityScale(), other.bidQuantity(), other.quantityScale())
            && isEqual(
                one.askQuantity(), one.quantityScale(), other.askQuantity(), other.quantityScale());
    assertThat(one.isSameAs(other)).isEqualTo(same);
    assertThat(one.isSameAs(one)).isTrue();
  }

  @Test
  void eachNumberCounts() {
    Touch touch = new Touch(10, 20, 30, 40, 1, 1);
    assertThat(touch.isSameAs(new Touch(1, 2, 3, 4, 0, 0))).isTrue();
    assertThat(touch.isSameAs(new Touch(2, 2, 3, 4, 0, 0))).isFalse();
    assertThat(touch.isSameAs(new Touch(1, 3, 3, 4, 0, 0))).isFalse();
    assertThat(touch.isSameAs(new Touch(1, 2, 4, 4, 0, 0))).isFalse();
    assertThat(touch.isSameAs(new Touch(1, 2, 3, 5, 0, 0))).isFalse();
  }
}
