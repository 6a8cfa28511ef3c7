package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.record.CanonicalJson;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of numbers, which is that of JDK 19 whatever JDK runs. */
public class CanonicalNumbersTest {
  private final CanonicalJson json = new CanonicalJson();

  private String text(double value) {
    return new String(json.number(value).toBytes(), StandardCharsets.UTF_8);
  }

  private String text(float value) {
    return new String(json.number(value).toBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.0",
        "0.001",
        "9.999999999999998E-4",
        "0.002",
        "1.0E-5",
        "9999999.999999998",
        "1.0E7",
        "1.0E10",
        "-61837.635",
        "4.9E-324",
        "9.9E-324",
        "2.2250738585072014E-308",
        "1.7976931348623157E308"
      })
  void doublesHaveOneForm(String form) {
    assertThat(text(Double.parseDouble(form))).isEqualTo(form);
  }

  /** JDK 17 writes all of these longer or farther off. */
  @ParameterizedTest
  @CsvSource({
    "1e23, 1.0E23",
    "2e23, 2.0E23",
    "8.41e21, 8.41E21",
    "9.5e21, 9.5E21",
    "1e-323, 9.9E-324"
  })
  void doublesAreWrittenAsByJdk19(double value, String form) {
    assertThat(text(value)).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "300.0",
        "0.001",
        "9.999999E-4",
        "1.0E-5",
        "8388609.0",
        "1.0E7",
        "3.3554432E7",
        "1.0E10",
        "1.4E-45",
        "9.8E-45",
        "2.0E-44",
        "3.4028235E38"
      })
  void floatsHaveOneForm(String form) {
    assertThat(text(Float.parseFloat(form))).isEqualTo(form);
  }

  /** JDK 17 writes all of these longer or farther off. */
  @ParameterizedTest
  @CsvSource({"2.15e9, 2.15E9", "4.3e9, 4.3E9", "1.17549435e-38, 1.1754944E-38", "1e-43, 9.9E-44"})
  void floatsAreWrittenAsByJdk19(float value, String form) {
    assertThat(text(value)).isEqualTo(form);
  }

  @Property(tries = 5_000)
  void doublesAreTheShortestDecimalThatIsClosest(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    Assume.that(Double.isFinite(value) && value != 0);
    assertThat(new BigDecimal(text(value)))
        .isEqualByComparingTo(
            shortest(new BigDecimal(value), decimal -> decimal.doubleValue() == value));
  }

  @Property(tries = 5_000)
  void floatsAreTheShortestDecimalThatIsClosest(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    Assume.that(Float.isFinite(value) && value != 0);
    assertThat(new BigDecimal(text(value)))
        .isEqualByComparingTo(
            shortest(new BigDecimal(value), decimal -> decimal.floatValue() == value));
  }

  /** The specification of JDK 19: fewest digits, but two, that read back; of these the closest. */
  private static BigDecimal shortest(BigDecimal exact, Predicate<BigDecimal> readsBack) {
    return IntStream.rangeClosed(2, 17)
        .boxed()
        .flatMap(
            digits ->
                Stream.of(RoundingMode.FLOOR, RoundingMode.CEILING)
                    .map(mode -> exact.round(new MathContext(digits, mode)))
                    .filter(readsBack)
                    .min(closestTo(exact))
                    .stream())
        .findFirst()
        .orElseThrow();
  }

  /** Of two at the same distance, the one whose last digit is even. */
  private static Comparator<BigDecimal> closestTo(BigDecimal exact) {
    return Comparator.<BigDecimal, BigDecimal>comparing(decimal -> decimal.subtract(exact).abs())
        .thenComparing(decimal -> decimal.unscaledValue().testBit(0));
  }

  @Test
  void textIsUtf8WhateverItsPlane() {
    String text = new String(json.string("é😀").toBytes(), StandardCharsets.UTF_8);
    assertThat(text).isEqualTo("\"é😀\"");
  }
}
