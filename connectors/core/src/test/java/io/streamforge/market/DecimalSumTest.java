package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DecimalSumTest {
  @Property
  void isExactWhateverTheScalesAndTheirOrder(@ForAll long seed) {
    Random random = new Random(seed);
    DecimalSum sum = new DecimalSum();
    for (int round = 0; round < 2; round++) {
      BigDecimal plain = BigDecimal.ZERO;
      for (int i = random.nextInt(20); i > 0; i--) {
        long a = random.nextLong() >> random.nextInt(64);
        long b = random.nextLong() >> random.nextInt(64);
        int scale = random.nextInt(37);
        if (random.nextBoolean()) {
          sum.add(a, scale);
          plain = plain.add(BigDecimal.valueOf(a, scale));
        } else {
          sum.addProduct(a, b, scale);
          plain = plain.add(BigDecimal.valueOf(a).multiply(BigDecimal.valueOf(b, scale)));
        }
      }
      assertThat(sum.toBigDecimal()).isEqualByComparingTo(plain);
      assertThat(sum.toDouble()).isEqualTo(plain.doubleValue());
      sum.reset();
    }
  }

  @Test
  void hasTheFinestScaleOfItsTerms() {
    DecimalSum sum = new DecimalSum();
    assertThat(sum.toBigDecimal()).isEqualTo(BigDecimal.ZERO);
    sum.add(5, 1);
    sum.add(25, 3);
    sum.add(7, 0);
    assertThat(sum.toBigDecimal()).isEqualTo(new BigDecimal("7.525"));
    assertThat(sum.toDouble()).isEqualTo(7.525);
  }
}
