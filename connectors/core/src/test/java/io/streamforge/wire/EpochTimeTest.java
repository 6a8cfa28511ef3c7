package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTimeTest {
  private static final Instant FIRST = Instant.ofEpochSecond(1_000_000_000L);
  private static final Instant LAST_NANOS = Instant.ofEpochSecond(9_223_372_036L);
  private static final Instant END = Instant.ofEpochSecond(10_000_000_000L);

  @ParameterizedTest
  @CsvSource({
    "1723161255, 1723161255000000",
    "1723161255342, 1723161255342000",
    "1723161255342123, 1723161255342123",
    "1723161255342123999, 1723161255342123",
    "1000000000, 1000000000000000",
    "9999999999, 9999999999000000",
    "1000000000000, 1000000000000000",
    "9999999999999999, 9999999999999999",
    "9223372036854775807, 9223372036854775"
  })
  void unitsAreToldByMagnitude(long value, long micros) throws DecodeException {
    assertThat(EpochTime.toMicros(value)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -1,
        1,
        999_999_999,
        10_000_000_000L,
        999_999_999_999L,
        10_000_000_000_000L,
        10_000_000_000_000_000L,
        999_999_999_999_999_999L,
        Long.MIN_VALUE,
        -1_723_161_255L
      })
  void valuesOfNoUnitAreRefused(long value) {
    assertRefused(() -> EpochTime.toMicros(value));
  }

  @ParameterizedTest
  @CsvSource({
    "1617666423606671, 6, 1617666423606671",
    "16176664236, 1, 1617666423600000",
    "16176664236066719, 7, 1617666423606671",
    "1723161255342, 0, 1723161255342000",
    "100000000000000000, 8, 1000000000000000"
  })
  void secondsMayHaveDecimals(long mantissa, int scale, long micros) throws DecodeException {
    assertThat(EpochTime.toMicros(mantissa, scale)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({"1723161255342123, 3", "9999999999, 1", "0, 8", "100000000000, 1", "5, 18"})
  void otherUnitsMayNot(long mantissa, int scale) {
    assertRefused(() -> EpochTime.toMicros(mantissa, scale));
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(micros(FIRST), micros(END) - 1)
        .map(us -> Instant.EPOCH.plus(us, ChronoUnit.MICROS));
  }

  @Property
  void agreesWithInstantInEveryUnit(@ForAll("instants") Instant instant) throws DecodeException {
    long micros = micros(instant);
    assertThat(EpochTime.toMicros(micros)).isEqualTo(micros);
    assertThat(EpochTime.toMicros(micros, 6)).isEqualTo(micros);
    assertThat(EpochTime.toMicros(instant.toEpochMilli())).isEqualTo(micros / 1000 * 1000);
    assertThat(EpochTime.toMicros(instant.getEpochSecond()))
        .isEqualTo(micros / 1_000_000 * 1_000_000);
    if (instant.isBefore(LAST_NANOS)) {
      assertThat(EpochTime.toMicros(micros * 1000 + 999)).isEqualTo(micros);
    }
  }

  @Property
  void agreesWithInstantOnIsoTexts(
      @ForAll("instants") Instant micros,
      @ForAll @IntRange(max = 999) int nanos,
      @ForAll @IntRange(max = 9) int decimals)
      throws DecodeException {
    String text = iso(decimals).format(micros.plusNanos(nanos));
    assertThat(ofIso(text)).isEqualTo(micros(Instant.parse(text)));
  }

  @Property(tries = 5_000)
  void aDamagedIsoTextIsReadAsInstantReadsItOrRefused(
      @ForAll("instants") Instant instant,
      @ForAll @IntRange(max = 9) int decimals,
      @ForAll @IntRange(max = 19) int at,
      @ForAll @CharRange(from = '+', to = ':') char damage) {
    char[] text = iso(decimals).format(instant).toCharArray();
    text[at] = damage;
    try {
      assertThat(ofIso(new String(text))).isEqualTo(micros(Instant.parse(new String(text))));
    } catch (DecodeException e) {
      assertThat(e.reason()).isEqualTo("bad-timestamp");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z", "2023-02-28T23:59:59.999999Z",
        "2023-03-01T00:00:00Z", "2100-02-28T12:00:00Z", "2100-03-01T12:00:00Z",
        "2000-12-31T23:59:59Z", "2400-02-29T12:00:00Z", "2026-12-31T23:59:59Z",
        "2027-01-01T00:00:00.1Z", "2026-08-02T03:35:51.302928Z"
      })
  void knowsTheCalendar(String text) throws DecodeException {
    if (text.startsWith("2000")) {
      assertRefused(() -> ofIso(text));
    } else {
      assertThat(ofIso(text)).isEqualTo(micros(Instant.parse(text)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-08-02",
        "2026-08-02T03:35:51",
        "2026-08-02T03:35:51+00:00",
        "2026-08-02T03:35:51.Z",
        "2026-08-02T03:35:51.1234567890Z",
        "2026-08-02T03:35:51,5Z",
        "2026-08-02 03:35:51Z",
        "2026-08-02t03:35:51Z",
        "2026-08-02T03:35:51z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-32T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
        "1999-01-01T00:00:00Z",
        "2026-01-01T00:00:0-Z",
        "+026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.-1Z",
        "2026-01-01T00:00:00.1ZZ",
        "\u0662026-01-01T00:00:00Z",
        "12026-01-01T00:00:00Z"
      })
  void refusesOtherTexts(String text) {
    assertRefused(() -> ofIso(text));
  }

  @Test
  void readsWithinItsBoundsOnly() throws DecodeException {
    byte[] text = "xx2026-08-02T03:35:51.5Zxx".getBytes(StandardCharsets.US_ASCII);
    assertThat(EpochTime.ofIso(text, 2, text.length - 4))
        .isEqualTo(micros(Instant.parse("2026-08-02T03:35:51.5Z")));
  }

  private static DateTimeFormatter iso(int decimals) {
    return DateTimeFormatter.ofPattern(
            "uuuu-MM-dd'T'HH:mm:ss" + (decimals > 0 ? "." + "S".repeat(decimals) : "") + "'Z'")
        .withZone(ZoneOffset.UTC);
  }

  private static long ofIso(String text) throws DecodeException {
    return EpochTime.ofIso(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static void assertRefused(ThrowingCallable call) {
    DecodeException refusal = catchThrowableOfType(DecodeException.class, call);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo("bad-timestamp");
  }
}
