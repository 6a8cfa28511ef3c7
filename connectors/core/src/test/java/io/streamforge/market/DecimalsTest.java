package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DecimalsTest {

  @Property
  void rescalesExactlyOrSaysThatItDoesNotFit(
      @ForAll @LongRange(max = Decimals.LIMIT - 1) long value,
      @ForAll @IntRange(max = Decimals.MAX_SCALE) int from,
      @ForAll @IntRange(max = Decimals.MAX_SCALE) int to) {
    int finer = Math.max(from, to);
    int coarser = Math.min(from, to);
    BigInteger exact = BigInteger.valueOf(value).multiply(BigInteger.TEN.pow(finer - coarser));
    boolean fits = exact.compareTo(BigInteger.valueOf(Decimals.LIMIT)) < 0;
    assertThat(Decimals.rescale(value, coarser, finer)).isEqualTo(fits ? exact.longValue() : -1);
  }

  @Test
  void theLimitItselfDoesNotFit() {
    assertThat(Decimals.rescale(Decimals.LIMIT - 1, 3, 3)).isEqualTo(Decimals.LIMIT - 1);
    assertThat(Decimals.rescale(Decimals.LIMIT, 3, 3)).isEqualTo(-1);
    assertThat(Decimals.rescale(14_411_518_807_585_587L, 0, 1)).isEqualTo(Decimals.LIMIT - 2);
    assertThat(Decimals.rescale(14_411_518_807_585_588L, 0, 1)).isEqualTo(-1);
    assertThat(Decimals.rescale(0, 0, 18)).isZero();
  }
}
