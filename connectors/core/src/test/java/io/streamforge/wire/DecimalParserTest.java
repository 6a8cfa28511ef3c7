package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamforge.market.Decimals;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalParserTest {
  private static final long MAX_18_DIGITS = 999_999_999_999_999_999L;
  private static final Pattern PLAIN = Pattern.compile("[0-9]+(\\.[0-9]*)?|\\.[0-9]+");

  private final DecimalParser parser = new DecimalParser();

  @ParameterizedTest
  @CsvSource({
    "0.00000074527, 74527, 11",
    "1234567890.5, 12345678905, 1",
    "45283.5, 452835, 1",
    "0.00100000, 100000, 8",
    "61837.63000000, 6183763000000, 8",
    "0.000000000000000001, 1, 18",
    "999999999999999999, 999999999999999999, 0",
    "0.99999999999999999, 99999999999999999, 17",
    "100000000000000000, 100000000000000000, 0",
    "0000000000000000000000012.50, 1250, 2",
    "1.00000000000000000000000000, 100000000000000000, 17",
    "1650000000.00000000, 165000000000000000, 8",
    "12345678901.00000000, 123456789010000000, 7",
    "0.0000000000000000000000, 0, 18",
    "1e-05, 1, 5",
    "1.5e-05, 15, 6",
    "1E+3, 1000, 0",
    "1e0, 1, 0",
    "2.5e1, 25, 0",
    "100000e-23, 1, 18",
    "0E-20, 0, 0",
    "0e999, 0, 0",
    "5., 5, 0",
    ".5, 5, 1",
    "0, 0, 0"
  })
  void isExactAndKeepsTheDigitsAsSent(String text, long mantissa, int scale)
      throws DecodeException {
    parse(text);
    assertThat(parser.mantissa()).isEqualTo(mantissa);
    assertThat(parser.scale()).isEqualTo(scale);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1.2.3",
        "-1",
        "+1",
        "-0",
        "1e",
        "1e+",
        "1e9999",
        "e5",
        ".e1",
        "1e1.5",
        "1e5 ",
        "NaN",
        "Infinity",
        " 1",
        "1 ",
        "1,5",
        "0x10",
        "1f",
        "1_000",
        "\u0661",
        "null",
        "1ee5"
      })
  void refusesWhatIsNoNumber(String text) {
    assertThat(refusal(text)).isEqualTo("not-a-number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000000000000000000",
        "1234567890123456789",
        "123456789012345678.5",
        "1234567890.0123456789",
        "0.0000000000000000001",
        "1.0000000000000000000001",
        "1e18",
        "1e-19",
        "1e999",
        "1e-999",
        "123e16"
      })
  void refusesWhatDoesNotFit(String text) {
    assertThat(refusal(text)).isEqualTo("number-out-of-range");
  }

  @Test
  void readsWithinItsBoundsOnly() throws DecodeException {
    parser.parse("9912.599".getBytes(StandardCharsets.US_ASCII), 2, 4);
    assertThat(parser.mantissa()).isEqualTo(125);
    assertThat(parser.scale()).isEqualTo(1);
  }

  @Property
  void equalsBigDecimalAndItsScale(
      @ForAll @LongRange(max = MAX_18_DIGITS) long unscaled,
      @ForAll @IntRange(max = Decimals.MAX_SCALE) int scale)
      throws DecodeException {
    parse(BigDecimal.valueOf(unscaled, scale).toPlainString());
    assertThat(parser.mantissa()).isEqualTo(unscaled);
    assertThat(parser.scale()).isEqualTo(scale);
  }

  @Property
  void anyNumberOfTrailingZerosChangesNothing(
      @ForAll @LongRange(max = MAX_18_DIGITS) long unscaled,
      @ForAll @IntRange(min = 1, max = Decimals.MAX_SCALE) int scale,
      @ForAll @IntRange(max = 60) int zeros)
      throws DecodeException {
    BigDecimal number = BigDecimal.valueOf(unscaled, scale);
    parse(number.toPlainString() + "0".repeat(zeros));
    assertThat(parsed()).isEqualByComparingTo(number);
    assertThat(parser.sentScale()).isEqualTo(scale + zeros);
  }

  @Test
  void noMoreZerosAreCountedThanAChecksumWrites() throws DecodeException {
    parse("1." + "0".repeat(900));
    assertThat(parser.sentScale()).isEqualTo(100);
    parse("1.50e3");
    assertThat(parser.sentScale()).isEqualTo(parser.scale());
  }

  @Property
  void exponentsShiftThePoint(
      @ForAll @LongRange(max = 9_999_999) long unscaled,
      @ForAll @IntRange(max = 6) int scale,
      @ForAll @IntRange(min = -12, max = 10) int exponent,
      @ForAll boolean upper)
      throws DecodeException {
    String text = BigDecimal.valueOf(unscaled, scale) + (upper ? "E" : "e") + exponent;
    parse(text);
    assertThat(parsed()).isEqualByComparingTo(new BigDecimal(text));
    parse(text.replaceFirst("([eE])(\\d)", "$1+$2"));
    assertThat(parsed()).isEqualByComparingTo(new BigDecimal(text));
  }

  @Provide
  Arbitrary<String> almostNumbers() {
    return Arbitraries.strings().withChars("0123456789000...eE+-").ofMaxLength(30);
  }

  @Property(tries = 5_000)
  void anyTextIsReadAsBigDecimalReadsItOrRefused(@ForAll("almostNumbers") String text) {
    if (refusal(text) == null) {
      assertThat(parsed()).isEqualByComparingTo(new BigDecimal(text));
      assertThat(parser.mantissa()).isBetween(0L, Decimals.LIMIT - 1);
      assertThat(parser.scale()).isBetween(0, Decimals.MAX_SCALE);
    } else if (PLAIN.matcher(text).matches()) {
      BigDecimal number = new BigDecimal(text).stripTrailingZeros();
      assertThat(
              number.scale() > Decimals.MAX_SCALE
                  || number.precision() - number.scale() > 18
                  || number.precision() > 18)
          .as("%s needs too many digits", text)
          .isTrue();
    }
  }

  @Property
  void noTextIsReadButNumbers(@ForAll String text) {
    if (refusal(text) == null) {
      assertThat(text).matches("[0-9.eE+-]+");
    }
  }

  @Property
  void aDoubleIsTheDecimalThatItWasMadeOf(
      @ForAll @LongRange(min = 1, max = 999_999_999_999_999L) long unscaled,
      @ForAll @IntRange(max = Decimals.MAX_SCALE) int scale)
      throws DecodeException {
    BigDecimal number = BigDecimal.valueOf(unscaled, scale);
    parser.parse(number.doubleValue());
    assertThat(parsed()).isEqualByComparingTo(number);
  }

  @Property(tries = 10_000)
  void noDoubleIsReadAsAnother(@ForAll Random random) {
    double value = random.nextDouble() * Math.pow(10, random.nextInt(40) - 20);
    try {
      parser.parse(value);
      assertThat(parsed().doubleValue()).isEqualTo(value);
      assertThat(parser.mantissa()).isBetween(0L, Decimals.LIMIT - 1);
    } catch (DecodeException e) {
      assertThat(e.reason()).isEqualTo("number-out-of-range");
      assertThat(value < 0.1 || value >= 1e17).as("%s", value).isTrue();
    }
  }

  private BigDecimal parsed() {
    return BigDecimal.valueOf(parser.mantissa(), parser.scale());
  }

  private void parse(String text) throws DecodeException {
    parser.parse(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
  }

  /** Null for none; whatever is thrown else fails the test. */
  private String refusal(String text) {
    DecodeException refusal = catchThrowableOfType(DecodeException.class, () -> parse(text));
    return refusal == null ? null : refusal.reason();
  }
}
