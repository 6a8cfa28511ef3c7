package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DecimalsTest {

  @Property
  void shiftsExactlyOrSaysThatItDoesNotFit(
      @ForAll @LongRange(max = Decimals.LIMIT - 1) long value,
      @ForAll @IntRange(min = -Decimals.MAX_SCALE, max = Decimals.MAX_SCALE) int digits) {
    BigDecimal exact = BigDecimal.valueOf(value).scaleByPowerOfTen(digits);
    boolean fits =
        exact.compareTo(BigDecimal.valueOf(Decimals.LIMIT)) < 0
            && exact.stripTrailingZeros().scale() <= 0;
    assertThat(Decimals.shift(value, digits)).isEqualTo(fits ? exact.longValueExact() : -1);
  }

  @Property
  void whatWasShiftedShiftsBack(
      @ForAll @LongRange(max = 999_999_999) long value, @ForAll @IntRange(max = 9) int digits) {
    assertThat(Decimals.shift(Decimals.shift(value, digits), -digits)).isEqualTo(value);
  }

  @Test
  void theLimitItselfDoesNotFit() {
    assertThat(Decimals.shift(99_999_999_999_999_999L, 1)).isEqualTo(Decimals.LIMIT - 10);
    assertThat(Decimals.shift(100_000_000_000_000_000L, 1)).isEqualTo(-1);
    assertThat(Decimals.shift(1, 18)).isEqualTo(-1);
    assertThat(Decimals.shift(1, 17)).isEqualTo(Decimals.LIMIT / 10);
    assertThat(Decimals.shift(0, 18)).isZero();
    assertThat(Decimals.shift(0, -18)).isZero();
    assertThat(Decimals.shift(105, -1)).isEqualTo(-1);
  }

  @Test
  void countsTheZerosAtTheEnd() {
    assertThat(Decimals.trailingZeros(1_200, 18)).isEqualTo(2);
    assertThat(Decimals.trailingZeros(-1_200, 18)).isEqualTo(2);
    assertThat(Decimals.trailingZeros(1_200, 1)).isEqualTo(1);
    assertThat(Decimals.trailingZeros(7, 18)).isZero();
    assertThat(Decimals.trailingZeros(0, 8)).isEqualTo(8);
  }
}
