package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExactSumTest {

  /** A value, or a product of two. */
  record Term(long a, long b, boolean product) {
    BigInteger exact() {
      BigInteger first = BigInteger.valueOf(a);
      return product ? first.multiply(BigInteger.valueOf(b)) : first;
    }

    void addTo(ExactSum sum) {
      if (product) {
        sum.addProduct(a, b);
      } else {
        sum.add(a);
      }
    }
  }

  @Property
  void equalsTheSumOfBigIntegersCorrectlyRounded(
      @ForAll @Size(max = 40) List<Long> factors, @ForAll @IntRange(max = 40) int scale) {
    ExactSum sum = new ExactSum();
    BigInteger exact = BigInteger.ZERO;
    for (Term term : terms(factors)) {
      term.addTo(sum);
      exact = exact.add(term.exact());
    }
    assertNearest(new BigDecimal(exact, scale), sum.toDouble(scale));
    assertThat(sum.toBigDecimal(scale)).isEqualTo(new BigDecimal(exact, scale));
  }

  @Property
  void theOrderOfTermsDoesNotMatter(
      @ForAll @Size(max = 40) List<@IntRange(min = -1_000_000_000) Integer> factors,
      @ForAll Random random) {
    List<Term> terms = terms(factors.stream().map(f -> f * 1_000_003L).toList());
    ExactSum straight = new ExactSum();
    terms.forEach(term -> term.addTo(straight));
    Collections.shuffle(terms, random);
    ExactSum shuffled = new ExactSum();
    terms.forEach(term -> term.addTo(shuffled));
    assertThat(bytes(shuffled)).isEqualTo(bytes(straight));
  }

  @Property
  void whatIsTakenAwayWasNeverThere(
      @ForAll @Size(max = 20) List<@IntRange(min = -1_000_000_000) Integer> stay,
      @ForAll @Size(max = 20) List<@IntRange(min = -1_000_000_000) Integer> leave) {
    ExactSum never = new ExactSum();
    terms(stay.stream().map(f -> f * 1_000_003L).toList()).forEach(term -> term.addTo(never));
    ExactSum left = new ExactSum();
    terms(leave.stream().map(f -> f * 1_000_003L).toList()).forEach(term -> term.addTo(left));
    ExactSum sum = new ExactSum();
    sum.add(left);
    sum.add(never);
    sum.subtract(left);
    assertThat(bytes(sum)).isEqualTo(bytes(never));
  }

  @Property
  void rescalesAndSurvivesPersistence(
      @ForAll long a, @ForAll long b, @ForAll @IntRange(max = 25) int exponent) throws IOException {
    ExactSum written = new ExactSum();
    written.addProduct(a, b);
    written.rescale(exponent);
    ExactSum sum = new ExactSum();
    sum.add(77); // to be forgotten
    sum.readFrom(new DataInputStream(new ByteArrayInputStream(bytes(written))));

    BigInteger exact =
        BigInteger.valueOf(a)
            .multiply(BigInteger.valueOf(b))
            .multiply(BigInteger.TEN.pow(exponent));
    assertNearest(new BigDecimal(exact), sum.toDouble(0));
    assertThat(bytes(sum)).isEqualTo(bytes(written));
  }

  @Property
  void convertsOneScaledIntegerCorrectlyRounded(
      @ForAll long value, @ForAll @IntRange(max = 40) int scale) {
    assertNearest(BigDecimal.valueOf(value, scale), ExactSum.toDouble(value, scale));
  }

  @Test
  void convertsTheEdges() {
    assertThat(ExactSum.toDouble(0, 8)).isEqualTo(0.0);
    assertThat(ExactSum.toDouble(6_183_763, 2)).isEqualTo(61837.63);
    assertThat(ExactSum.toDouble(Long.MIN_VALUE, 0)).isEqualTo(-0x1p63);
    assertThat(ExactSum.toDouble(Long.MAX_VALUE, 0)).isEqualTo(0x1p63);
    assertThat(ExactSum.toDouble((1L << 53) + 1, 0)).isEqualTo(0x1p53); // a tie goes to even
  }

  /** As the values of ten thousand levels of the largest numbers are. */
  @Test
  void holdsWhatLeaves128Bits() throws IOException {
    long largest = Decimals.LIMIT - 1;
    BigInteger product = BigInteger.valueOf(largest).pow(2);
    ExactSum sum = new ExactSum();
    for (int i = 1; i <= 10_000; i++) {
      sum.addProduct(largest, largest);
    }
    BigDecimal exact = new BigDecimal(product.multiply(BigInteger.valueOf(10_000)));
    assertThat(exact.unscaledValue().bitLength()).isGreaterThan(128);
    assertThat(sum.toBigDecimal(0)).isEqualTo(exact);
    ExactSum half = new ExactSum();
    half.readFrom(new DataInputStream(new ByteArrayInputStream(bytes(sum))));
    assertThat(half.toBigDecimal(0)).isEqualTo(exact);
    for (int i = 1; i <= 5_000; i++) {
      half.addProduct(-largest, largest);
    }
    sum.subtract(half);
    assertThat(sum.toBigDecimal(0)).isEqualTo(half.toBigDecimal(0));
    sum.subtract(half);
    assertThat(bytes(sum)).isEqualTo(bytes(new ExactSum()));
    sum.add(half);
    sum.add(half);
    assertThat(sum.toBigDecimal(0)).isEqualTo(exact);
    sum.reset();
    sum.add(5);
    assertThat(sum.toDouble(1)).isEqualTo(0.5);
  }

  @Test
  void theLeastOf128BitsCanBeTakenAway() {
    ExactSum least = new ExactSum();
    least.addProduct(Long.MIN_VALUE, Long.MAX_VALUE);
    least.addProduct(Long.MIN_VALUE, Long.MAX_VALUE);
    least.add(Long.MIN_VALUE);
    least.add(Long.MIN_VALUE); // −2^127
    assertThat(least.toDouble(0)).isEqualTo(-0x1p127);
    ExactSum sum = new ExactSum();
    sum.subtract(least);
    assertThat(sum.toDouble(0)).isEqualTo(0x1p127);
  }

  private static List<Term> terms(List<Long> factors) {
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i + 1 < factors.size(); i += 2) {
      terms.add(new Term(factors.get(i), factors.get(i + 1), i % 4 == 0));
    }
    return terms;
  }

  private static void assertNearest(BigDecimal exact, double converted) {
    BigDecimal error = exact.subtract(new BigDecimal(converted)).abs();
    assertThat(error)
        .as("%s as %s", exact, converted)
        .isLessThanOrEqualTo(exact.subtract(new BigDecimal(Math.nextUp(converted))).abs())
        .isLessThanOrEqualTo(exact.subtract(new BigDecimal(Math.nextDown(converted))).abs());
  }

  private static byte[] bytes(ExactSum sum) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      sum.writeTo(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
